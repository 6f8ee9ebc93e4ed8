package dev.odeon.solvers;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Tensor;
import org.tensorflow.types.TInt32;

/** How a solve ended, with what to try when it failed. */
public enum Outcome {
    /** The end of the interval was reached. */
    SUCCESS(0, "The solve reached the end of its interval."),
    /** A state held an infinity or a NaN. */
    NON_FINITE(
            1,
            "The state became infinite or NaN: take a smaller step, move the stiff part into the linear operator of a"
                    + " SplitField and use an IMEX method, or lower the learning rate."),
    /** The allowed number of steps did not suffice. */
    MAX_STEPS(
            2,
            "The allowed number of steps was used up: allow more steps, loosen the tolerances, compute in float64, or use an"
                    + " implicit or IMEX method if the problem is stiff."),
    /** The step size fell below the smallest allowed. */
    STEP_UNDERFLOW(
            3,
            "The step size fell below the smallest allowed: look for a singularity or a jump of the field, loosen the"
                    + " tolerances, compute in float64, or use an implicit method if the problem is stiff."),
    /** The solver of the stage equations did not converge. */
    NONLINEAR_DIVERGENCE(
            4,
            "The nonlinear equations of an implicit step were not solved: take a smaller step, allow more iterations,"
                    + " loosen their tolerance, compute in float64, use Newton's method with a fresh Jacobian, or give an"
                    + " optimiser a smaller rate."),
    /** A linear system of a step was singular. */
    LINEAR_BREAKDOWN(
            5,
            "A linear system of an implicit step was singular: take a step of another size, or check that the Jacobian"
                    + " is finite and has no eigenvalue near one over the step size."),
    /** A stop event happened before the end of the interval: what was asked for. */
    EVENT(6, "The solve ended at its event; its time and state are in the solution."),
    /** More steps were accepted than there are rows to keep them. */
    MAX_ROWS(
            7,
            "The rows to keep the steps in were used up: give SaveAt more rows, loosen the tolerances, or keep the states"
                    + " at given times only."),
    /** The times of a sample were not finite, or turned back. */
    INVALID_TIMES(
            8,
            "The times of a sample turn back or are not finite: sort each row of SampleTimes, and repeat the last time of"
                    + " shorter series."),
    /** The iteration for a linear system of a step reached its limit. */
    LINEAR_DIVERGENCE(
            9,
            "The Krylov iteration for a linear system of an implicit step reached its limit before its tolerance: allow"
                    + " more iterations in the Krylov settings of the operator or of Newton's method, loosen their tolerance,"
                    + " compute in float64, give the operator a preconditioner, or take a smaller step."),
    /** The way back of a gradient did not find the states that the solve had passed, or could not resolve its equation. */
    UNRELIABLE_GRADIENT(
            10,
            "The way back of the gradient strayed from the states that the solve had passed, or its steps do not resolve"
                    + " how fast the adjoint decays: take Gradient.DISCRETE_ADJOINT, which checkpointing fits into any"
                    + " memory, smaller steps, or float64.");

    private final int code;
    private final String advice;

    Outcome(int code, String advice) {
        this.code = code;
        this.advice = advice;
    }

    /** Whether the solve did what it was asked for: it reached its end, or its event. */
    public boolean successful() {
        return this == SUCCESS || this == EVENT;
    }

    /**
     * Throws where the solve failed, for callers who have no other use for its outcome: {@code
     * Outcome.of(result.get(1)).require()}.
     *
     * @throws SolveFailedException if it was not {@link #successful}
     */
    public void require() {
        if (!successful()) {
            throw new SolveFailedException(this);
        }
    }

    /** The number by which the graph reports this outcome. */
    public int code() {
        return code;
    }

    /** One sentence: what happened and what to try. */
    public String advice() {
        return advice;
    }

    /** The same for a solve by a method, which may have looked at the field beyond the end of the interval. */
    public String advice(Method method) {
        boolean lost = this == NON_FINITE || this == STEP_UNDERFLOW || this == NONLINEAR_DIVERGENCE;
        if (!lost || !method.stageReach().beyond()) {
            return advice;
        }
        return advice + " The stages of " + method.name() + " reach from "
                + method.stageReach().earliest() + " to "
                + method.stageReach().latest() + " of a step: where the field has no values beyond the interval, take a"
                + " method whose stages stay within, such as radau5, kvaerno3, imex-rk4 or kencarp47.";
    }

    /**
     * The outcome that was fetched from the graph.
     *
     * @param codes of {@code Solution.outcome()}: scalar, or [batch] where each sample has its own steps; of these the first
     *     failure, else EVENT if any sample met its event
     * @throws IllegalArgumentException if the tensor holds something else
     */
    public static Outcome of(Tensor codes) {
        Outcome worst = SUCCESS;
        for (Outcome outcome : each(codes)) {
            if (!outcome.successful()) {
                return outcome;
            }
            worst = outcome == EVENT ? EVENT : worst;
        }
        return worst;
    }

    /**
     * The outcomes of all samples that were fetched from the graph, one if they share their steps.
     *
     * @param codes of {@code Solution.outcome()}
     * @throws IllegalArgumentException if the tensor holds something else
     */
    public static List<Outcome> each(Tensor codes) {
        if (!(codes instanceof TInt32 numbers)) {
            throw new IllegalArgumentException("A tensor of " + codes.dataType()
                    + " holds no outcome: pass what was fetched from Solution.outcome()");
        }
        List<Outcome> outcomes = new ArrayList<>();
        numbers.scalars().forEach(code -> outcomes.add(ofCode(code.getInt())));
        return outcomes;
    }

    /** The outcome of a number fetched from the graph. */
    public static Outcome ofCode(int code) {
        for (Outcome outcome : values()) {
            if (outcome.code == code) {
                return outcome;
            }
        }
        throw new IllegalArgumentException(code + " is no outcome: pass the number fetched from Solution.outcome()");
    }
}
