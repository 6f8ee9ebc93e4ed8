package dev.odeon.datasets.pde;

import dev.odeon.datasets.TestData;
import java.io.IOException;
import java.nio.file.Path;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.Matrix;

/**
 * A solution made with Chebfun for "Deep hidden physics models" (M. Raissi, 2018), from a MATLAB file.
 *
 * @param x coordinates
 * @param t times
 * @param u values, [x][t]
 */
@SuppressWarnings("ArrayRecordComponent") // Test data, read once.
record ReferenceSolution(double[] x, double[] t, double[][] u) {
    static ReferenceSolution load(String name) throws IOException {
        Path path = TestData.require("pde/" + name + ".mat");
        try (Mat5File file = Mat5.readFromFile(path.toFile())) {
            Matrix u = file.getMatrix("usol");
            double[][] values = new double[u.getNumRows()][u.getNumCols()];
            for (int i = 0; i < values.length; i++) {
                for (int j = 0; j < values[i].length; j++) {
                    values[i][j] = u.getDouble(i, j);
                }
            }
            return new ReferenceSolution(vector(file.getMatrix("x")), vector(file.getMatrix("t")), values);
        }
    }

    private static double[] vector(Matrix matrix) {
        double[] values = new double[matrix.getNumElements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = matrix.getDouble(i);
        }
        return values;
    }
}
