package dev.odeon.models.grand;

import dev.odeon.datasets.graphs.SparseFeatures;
import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.graph.layers.DenseLayer;
import dev.odeon.graph.layers.Dropout;
import dev.odeon.graph.layers.SparseRows;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/** How features lie in device memory, and how the first layer is applied to them; both forms give the same numbers. */
enum FeatureForm {
    /** As a matrix [nodes, columns]. */
    DENSE {
        @Override
        <T extends TFloating> Map<String, TType> tensors(SparseFeatures features, Class<T> type) {
            double[] matrix = new double[Math.multiplyExact(features.rows(), features.columns())];
            int[] row = features.rowOfEach();
            for (int i = 0; i < row.length; i++) {
                matrix[row[i] * features.columns() + features.indices()[i]] += features.values()[i];
            }
            Map<String, TType> tensors = new LinkedHashMap<>();
            tensors.put(VALUE, Floats.tensor(type, Shape.of(features.rows(), features.columns()), matrix));
            return tensors;
        }

        @Override
        <T extends TFloating> Operand<T> encode(
                Ops tf,
                Values values,
                Class<T> type,
                DenseLayer layer,
                int nodes,
                Dropout dropout,
                Operand<TInt64> seed) {
            return layer.apply(tf, dropout.apply(tf, values.get(VALUE, type), seed, STREAM), values);
        }
    },
    /** Only what is not zero; dropping a zero changes nothing, so the dropout sees only these, too. */
    SPARSE {
        @Override
        <T extends TFloating> Map<String, TType> tensors(SparseFeatures features, Class<T> type) {
            double[] wide = new double[features.values().length];
            for (int i = 0; i < wide.length; i++) {
                wide[i] = features.values()[i];
            }
            Map<String, TType> tensors = new LinkedHashMap<>();
            tensors.put(VALUE, Floats.tensor(type, Shape.of(wide.length), wide));
            tensors.put(ROW, Indices.tensor(features.rowOfEach()));
            tensors.put(COLUMN, Indices.tensor(features.indices()));
            return tensors;
        }

        @Override
        <T extends TFloating> Operand<T> encode(
                Ops tf,
                Values values,
                Class<T> type,
                DenseLayer layer,
                int nodes,
                Dropout dropout,
                Operand<TInt64> seed) {
            Operand<T> kept = dropout.apply(tf, values.get(VALUE, type), seed, STREAM);
            SparseRows<T> rows =
                    SparseRows.of(tf, values.get(ROW, TInt64.class), values.get(COLUMN, TInt64.class), kept, nodes);
            Operand<T> product = rows.times(tf, values.get(layer.name() + "/kernel", type));
            return tf.nn.biasAdd(product, values.get(layer.name() + "/bias", type));
        }
    };

    private static final String VALUE = "features/value";
    private static final String ROW = "features/row";
    private static final String COLUMN = "features/column";
    /** The stream of the input dropout. */
    private static final int STREAM = 1;

    /** The faster form on the CPU and the GPU. */
    static FeatureForm of(SparseFeatures features) {
        return features.density() < SPARSE_BELOW ? SPARSE : DENSE;
    }

    /** Between the break-even points measured on a CPU: 0.02 for Cora (width 80), 0.04 for Photo (64) and CS (16). */
    private static final double SPARSE_BELOW = 0.03;

    /** The features by name; the caller closes them. */
    abstract <T extends TFloating> Map<String, TType> tensors(SparseFeatures features, Class<T> type);

    /**
     * Adds dropout and first layer.
     *
     * @return [nodes, hidden]
     */
    abstract <T extends TFloating> Operand<T> encode(
            Ops tf, Values values, Class<T> type, DenseLayer layer, int nodes, Dropout dropout, Operand<TInt64> seed);
}
