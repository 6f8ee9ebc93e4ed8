package dev.odeon.experiments.pde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.experiments.training.Prediction;
import dev.odeon.solvers.EstimatedError;
import dev.odeon.solvers.Methods;
import dev.odeon.solvers.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RolloutJudgementTest {

    private static RolloutJudgement judged(Outcome outcome, double energy) {
        return new RolloutJudgement(outcome, 40, 100, 16, energy, 1.2, 1.5);
    }

    @ParameterizedTest
    @CsvSource({"1.4, false", "0.6, false", "3, false", "0.59, true", "3.1, true", "4e10, true", "NaN, true"})
    void farIsMoreThanTwiceOrLessThanHalf(double energy, boolean far) {
        RolloutJudgement judgement = judged(Outcome.SUCCESS, energy);
        assertThat(judgement.far()).isEqualTo(far);
        assertThat(judgement.verdict()).isEqualTo(far ? "far from the data" : "like the data");
        assertThat(judgement
                        .prediction(Methods.IMEX_RK3, Optional.empty())
                        .caution()
                        .isPresent())
                .isEqualTo(far);
        // SUCCESS, which is the outcome, is that of the solve alone.
        assertThat(judgement
                        .prediction(Methods.IMEX_RK3, Optional.empty())
                        .figures()
                        .contains("the solve succeeded, its states"))
                .isEqualTo(far);
    }

    @Test
    void aFailedSolveIsCautionedOfWithTheAdviceOfItsMethod() {
        Prediction prediction = judged(Outcome.NON_FINITE, 1.4).prediction(Methods.KVAERNO5, Optional.empty());
        assertThat(prediction.figures())
                .isEqualTo(
                        "reached 40.00 of 100.0 units of time from 16 unseen states; mean of u^2 1.400, of the data 1.500");
        assertThat(prediction.caution().orElseThrow())
                .contains("take a smaller step", "The stages of kvaerno5 reach", "--time");
    }

    @Test
    void stepsThatResolveNothingAreCautionedOf() {
        RolloutJudgement judgement = judged(Outcome.SUCCESS, 1.4);
        Prediction fine = judgement.prediction(Methods.IMEX_RK3, Optional.of(new EstimatedError(0.003, 3)));
        assertThat(fine.figures()).endsWith("; largest estimated error of a step 1.0e-03 of the state");
        assertThat(fine.caution()).isEmpty();
        Prediction coarse = judgement.prediction(Methods.IMEX_RK3, Optional.of(new EstimatedError(3, 3)));
        assertThat(coarse.caution().orElseThrow()).contains("take smaller steps");
    }
}
