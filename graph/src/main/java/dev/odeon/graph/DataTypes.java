package dev.odeon.graph;

import org.tensorflow.proto.DataType;
import org.tensorflow.types.annotation.TensorType;
import org.tensorflow.types.family.TType;

/** Between TensorFlow Java's element classes and the protocol's data types. */
public final class DataTypes {

    private DataTypes() {}

    /**
     * The data type of an element class.
     *
     * @throws IllegalArgumentException if the class is a family of types, such as TFloating
     */
    public static DataType of(Class<? extends TType> type) {
        TensorType element = type.getAnnotation(TensorType.class);
        if (element == null) {
            throw new IllegalArgumentException(
                    type.getSimpleName() + " is no element type: name a class such as TFloat32");
        }
        return element.dataType();
    }
}
