package dev.odeon.graph.export;

import com.google.protobuf.ByteString;
import dev.odeon.graph.DataTypes;
import dev.odeon.graph.TensorSpec;
import java.util.List;
import java.util.Locale;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** Between tensors of this process and the messages of TensorFlow's files. */
final class TensorProtos {

    private static final List<Class<? extends TType>> TYPES = List.of(
            TFloat64.class,
            TFloat32.class,
            TFloat16.class,
            TBfloat16.class,
            TInt64.class,
            TInt32.class,
            TUint8.class,
            TBool.class);

    private TensorProtos() {}

    /**
     * The element class of a data type.
     *
     * @throws IllegalArgumentException if it is none of numbers and truth values
     */
    static Class<? extends TType> type(DataType type) {
        for (Class<? extends TType> each : TYPES) {
            if (DataTypes.of(each) == type) {
                return each;
            }
        }
        throw new IllegalArgumentException("A tensor of the model has the type " + type
                + ": export functions of numbers and truth values, such as DT_FLOAT");
    }

    /** A shape, with -1 for unknown dimensions. */
    static TensorShapeProto shape(Shape shape) {
        TensorShapeProto.Builder builder = TensorShapeProto.newBuilder();
        if (shape.isUnknown()) {
            return builder.setUnknownRank(true).build();
        }
        for (long extent : shape.asArray()) {
            builder.addDim(TensorShapeProto.Dim.newBuilder().setSize(extent));
        }
        return builder.build();
    }

    /** A shape from its message. */
    static Shape shape(TensorShapeProto shape) {
        return shape.getUnknownRank()
                ? Shape.unknown()
                : Shape.of(shape.getDimList().stream()
                        .mapToLong(TensorShapeProto.Dim::getSize)
                        .toArray());
    }

    /** All numbers of a tensor, as they lie in its memory. */
    static TensorProto of(Tensor tensor) {
        byte[] bytes = new byte[Math.toIntExact(tensor.numBytes())];
        tensor.asRawTensor().data().read(bytes);
        return TensorProto.newBuilder()
                .setDtype(tensor.dataType())
                .setTensorShape(shape(tensor.shape()))
                .setTensorContent(ByteString.copyFrom(bytes))
                .build();
    }

    /** Whether tensors of one shape can be given where another is asked for. */
    static boolean fits(Shape asked, Shape given) {
        if (asked.isUnknown()) {
            return true;
        }
        long[] wanted = asked.asArray();
        long[] found = given.asArray();
        if (wanted.length != found.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i] != Shape.UNKNOWN_SIZE && wanted[i] != found[i]) {
                return false;
            }
        }
        return true;
    }

    /** Type and shape in words: float64 [?, 64]. */
    static String words(TensorSpec spec) {
        return words(DataTypes.of(spec.type()), spec.shape());
    }

    static String words(DataType type, Shape shape) {
        String name = switch (type) {
            case DT_FLOAT -> "float32";
            case DT_DOUBLE -> "float64";
            case DT_HALF -> "float16";
            default -> type.name().substring("DT_".length()).toLowerCase(Locale.ROOT);
        };
        if (shape.isUnknown()) {
            return name + " of any shape";
        }
        StringBuilder words = new StringBuilder(name).append(" [");
        long[] extents = shape.asArray();
        for (int i = 0; i < extents.length; i++) {
            words.append(i == 0 ? "" : ", ").append(extents[i] < 0 ? "?" : String.valueOf(extents[i]));
        }
        return words.append(']').toString();
    }
}
