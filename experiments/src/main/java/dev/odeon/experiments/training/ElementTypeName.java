package dev.odeon.experiments.training;

import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TFloating;

/** Element types by their usual names, as options have them. */
public enum ElementTypeName {
    float64(TFloat64.class),
    float32(TFloat32.class);

    private final Class<? extends TFloating> type;

    ElementTypeName(Class<? extends TFloating> type) {
        this.type = type;
    }

    /** TensorFlow's type. */
    public Class<? extends TFloating> type() {
        return type;
    }
}
