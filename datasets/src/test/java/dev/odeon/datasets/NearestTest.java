package dev.odeon.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

    private static final List<String> KNOWN = List.of("cora", "citeseer", "photo", "planetoid-cora", "ogbn-arxiv");

    @ParameterizedTest
    @CsvSource({"'', cora, 4", "cora, cora, 0", "corra, cora, 1", "caro, cora, 2", "croa, cora, 1", "abc, '', 3"})
    void countsLettersToAddLeaveOutReplaceOrSwap(String a, String b, int distance) {
        assertThat(Nearest.distance(a, b)).isEqualTo(distance);
        assertThat(Nearest.distance(b, a)).isEqualTo(distance);
    }

    @Test
    void findsWhatWasMeant() {
        assertThat(Nearest.names("corra", KNOWN)).containsExactly("cora");
        assertThat(Nearest.names("Citseer", KNOWN)).containsExactly("citeseer");
        assertThat(Nearest.names("arxiv", KNOWN)).containsExactly("ogbn-arxiv");
        assertThat(Nearest.names("nonsense", KNOWN)).isEmpty();
        assertThat(Nearest.names("", KNOWN)).isEmpty();
    }

    @Test
    void theNearestComesFirstAndAtMostThreeCome() {
        assertThat(Nearest.names("cora", List.of("flora", "corb", "cora-ml", "cora", "planetoid-cora")))
                .containsExactly("cora", "corb", "cora-ml");
    }

    @Test
    void saysItInAMessage() {
        assertThat(Nearest.hint("corra", KNOWN)).isEqualTo(", nearest is cora");
        assertThat(Nearest.hint("ca", List.of("a", "c", "xyz"))).isEqualTo(", nearest are a, c");
        assertThat(Nearest.hint("nonsense", KNOWN)).isEmpty();
    }
}
