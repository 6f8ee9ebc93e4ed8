package dev.odeon.solvers;

/**
 * What a step of fixed size costs once a method has started.
 *
 * @param evaluations of G, or of the whole field, that no iteration repeats
 * @param evaluationsARound of the field in each round of an iteration; zero where nothing is iterated for
 * @param linearSolves with a factor of I - alpha J
 * @param factors of I - alpha J for each step size
 * @param equations that are iterated for; all stages together are one
 */
public record StepCost(int evaluations, int evaluationsARound, int linearSolves, int factors, int equations) {

    public StepCost {
        if (Math.min(Math.min(evaluations, evaluationsARound), Math.min(linearSolves, Math.min(factors, equations)))
                < 0) {
            throw new IllegalArgumentException("A step costs " + evaluations + ", " + evaluationsARound + ", "
                    + linearSolves + ", " + factors + " and " + equations + ": give numbers that are not negative");
        }
    }

    /** Evaluations alone. */
    static StepCost explicit(int evaluations) {
        return new StepCost(evaluations, 0, 0, 0, 0);
    }

    /** Evaluations and solves with factors made beforehand. */
    static StepCost linear(int evaluations, int solves, int factors) {
        return new StepCost(evaluations, 0, solves, factors, 0);
    }

    /** Equations solved by iteration, and evaluations besides. */
    static StepCost iterated(int evaluations, int evaluationsARound, int equations) {
        return new StepCost(evaluations, evaluationsARound, 0, 0, equations);
    }
}
