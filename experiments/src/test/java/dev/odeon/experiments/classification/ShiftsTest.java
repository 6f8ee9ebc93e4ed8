package dev.odeon.experiments.classification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odeon.graph.Floats;
import dev.odeon.graph.Values;
import dev.odeon.models.training.IterationInputs.Place;
import dev.odeon.models.training.Phase;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

class ShiftsTest {

    private static final Shifts SHIFTS = new Shifts(1, 5);

    private static double[] moved(int down, int right) {
        try (EagerSession session = EagerSession.create()) {
            Ops tf = Ops.create(session);
            Operand<TFloat32> picture = Floats.constant(tf, TFloat32.class, Shape.of(1, 2, 3, 1), 1, 2, 3, 4, 5, 6);
            Values fed = Values.of("shift", tf.constant(new int[] {1 - down, 1 - right}));
            return Floats.read(SHIFTS.applied(tf, picture, fed).asTensor());
        }
    }

    @Test
    void movesAndFillsUpWithZeros() {
        assertThat(moved(0, 0)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(moved(1, 0)).containsExactly(0, 0, 0, 1, 2, 3);
        assertThat(moved(0, -1)).containsExactly(2, 3, 0, 5, 6, 0);
    }

    @Test
    void drawsAnotherMoveInEachIterationTheSameInEachRunAndNoneWhereItJudges() {
        TreeSet<String> moves = new TreeSet<>();
        for (int batch = 0; batch < 30; batch++) {
            String drawn = drawn(Phase.TRAINING, 2, batch);
            assertThat(drawn).isEqualTo(drawn(Phase.TRAINING, 2, batch));
            moves.add(drawn);
            assertThat(drawn(Phase.EVALUATION, 0, batch)).isEqualTo("1 1");
        }
        // Of nine.
        assertThat(moves).hasSizeGreaterThan(6);
        assertThat(Shifts.NONE.inputs()).isEmpty();
    }

    private static String drawn(Phase phase, int epoch, int batch) {
        Map<String, ? extends TType> fed = SHIFTS.draws().at(new Place(phase, epoch, batch, 30));
        try (TInt32 move = (TInt32) Objects.requireNonNull(fed.get("shift"))) {
            assertThat(fed).hasSize(1);
            return move.getInt(0) + " " + move.getInt(1);
        }
    }
}
