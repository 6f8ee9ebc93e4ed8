package dev.odeon.datasets.npz;

import java.util.List;

/** Where the elements of an array whose first index runs fastest stand in C order, in which the last one does. */
final class FortranOrder {
    private final int[] extents;
    private final int[] strides;
    private final int[] index;
    private int place;

    FortranOrder(List<Long> shape) {
        extents = shape.stream().mapToInt(Math::toIntExact).toArray();
        strides = new int[extents.length];
        index = new int[extents.length];
        int stride = 1;
        for (int axis = extents.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride = Math.multiplyExact(stride, extents[axis]);
        }
    }

    /** {@return the place of the next element} */
    int next() {
        int next = place;
        for (int axis = 0; axis < extents.length; axis++) {
            place += strides[axis];
            if (++index[axis] < extents[axis]) {
                break;
            }
            place -= extents[axis] * strides[axis];
            index[axis] = 0;
        }
        return next;
    }
}
