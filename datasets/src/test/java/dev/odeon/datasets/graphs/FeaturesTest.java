package dev.odeon.datasets.graphs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FeaturesTest {
    private static final float[] MATRIX = {0, 2, 0.5f, 0, 0, 0, -1, 0, 3};

    private final DenseFeatures dense = new DenseFeatures(MATRIX, 3, 3);

    @Test
    void sparseStoresWhatIsNotZeroRowByRow() {
        SparseFeatures sparse = dense.sparse();
        assertThat(sparse.offsets()).containsExactly(0, 2, 2, 4);
        assertThat(sparse.indices()).containsExactly(1, 2, 0, 2);
        assertThat(sparse.values()).containsExactly(2, 0.5f, -1, 3);
        assertThat(SmallGraph.dense(sparse).values()).containsExactly(MATRIX);
        assertThat(sparse.sparse()).isSameAs(sparse);
    }

    @Test
    void binaryTurnsPositiveValuesIntoOnesOfNewFeatures() {
        SparseFeatures sparse = dense.sparse();
        assertThat(SmallGraph.dense(sparse.binary()).values()).containsExactly(0, 1, 1, 0, 0, 0, -1, 0, 1);
        assertThat(sparse.values()).containsExactly(2, 0.5f, -1, 3);
    }

    @Test
    void eachStoredValueKnowsItsRow() {
        assertThat(dense.sparse().rowOfEach()).containsExactly(0, 0, 2, 2);
    }

    @Test
    void densityIsTheShareOfStoredNumbers() {
        assertThat(dense.sparse().density()).isEqualTo(4 / 9.0);
        assertThat(SparseFeatures.identity(8).density()).isEqualTo(1 / 8.0);
    }
}
