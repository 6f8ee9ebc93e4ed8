package dev.odeon.datasets.pde;

/**
 * The term -u u_x = -(u^2 / 2)_x, evaluated on packed spectra.
 *
 * <p>The product is taken in space, the derivative on the spectrum. The highest mode n/2 has no derivative on the grid and
 * gets 0.
 */
final class Advection implements Etdrk4.Nonlinearity {
    private final RealSpectrum transform;
    private final PeriodicGrid grid;
    private final Dealiasing dealiasing;
    private final int highest;

    Advection(PeriodicGrid grid, RealSpectrum transform, Dealiasing dealiasing) {
        this.grid = grid;
        this.transform = transform;
        this.dealiasing = dealiasing;
        highest = dealiasing.highestMode(grid.points());
    }

    @Override
    public void evaluate(double[] v, double[] result) {
        System.arraycopy(v, 0, result, 0, v.length);
        if (dealiasing != Dealiasing.NONE) {
            transform.cut(result, highest);
        }
        transform.inverse(result);
        for (int i = 0; i < result.length; i++) {
            result[i] *= result[i];
        }
        transform.forward(result);
        result[0] = 0;
        result[1] = 0;
        double base = grid.waveNumber(1);
        for (int mode = 1; mode < result.length / 2; mode++) {
            double factor = 0.5 * base * mode;
            double re = result[2 * mode];
            double im = result[2 * mode + 1];
            result[2 * mode] = factor * im;
            result[2 * mode + 1] = -factor * re;
        }
        if (dealiasing != Dealiasing.NONE) {
            transform.cut(result, highest);
        }
    }
}
