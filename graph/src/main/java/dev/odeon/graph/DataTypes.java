package dev.odeon.graph;

import org.tensorflow.internal.types.registry.TensorTypeRegistry;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.family.TType;

/** Between TensorFlow Java's element classes and the protocol's data types. */
final class DataTypes {

    private DataTypes() {}

    static DataType of(Class<? extends TType> type) {
        return TensorTypeRegistry.find(type).dataType();
    }
}
