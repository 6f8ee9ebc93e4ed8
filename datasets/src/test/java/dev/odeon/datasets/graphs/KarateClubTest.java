package dev.odeon.datasets.graphs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KarateClubTest {
    @Test
    void isTheClubThatZacharyDescribed() {
        GraphData club = KarateClub.load();
        assertThat(club.nodes()).isEqualTo(34);
        assertThat(club.undirectedEdges()).isEqualTo(78);
        assertThat(club.edges().count()).isEqualTo(156);
        assertThat(club.standard().nodes()).isEqualTo(34);
        int[] degree = new int[34];
        Arrays.stream(club.edges().source()).forEach(node -> degree[node]++);
        assertThat(degree)
                .containsExactly(
                        16, 9, 10, 6, 3, 4, 4, 4, 5, 2, 3, 1, 2, 5, 2, 2, 2, 2, 2, 3, 2, 2, 2, 5, 3, 3, 2, 4, 3, 4, 4,
                        6, 12, 17);
        assertThat(Arrays.stream(club.labels()).sum()).isEqualTo(17);
        assertThat(club.labels()[0]).isZero();
        assertThat(club.labels()[33]).isEqualTo(1);
    }

    @Test
    void mostFriendshipsAreWithinAFaction() {
        GraphData club = KarateClub.load();
        int across = 0;
        for (int i = 0; i < club.edges().count(); i++) {
            across += club.labels()[club.edges().source()[i]]
                            == club.labels()[club.edges().target()[i]]
                    ? 0
                    : 1;
        }
        assertThat(across / 2).isEqualTo(11);
    }

    @Test
    void featuresAreTheIdentity() {
        float[] row = new float[34];
        KarateClub.load().features().copyRow(5, row);
        assertThat(row[5]).isEqualTo(1);
        assertThat(row[4]).isZero();
    }
}
