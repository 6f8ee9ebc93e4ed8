package dev.odeon.graph.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.ConfigProto;

class GpusTest {

    @Test
    void memoryGrowsAndOneCardIsSeen() {
        ConfigProto settings = Gpus.settings(OptionalInt.of(2));
        assertThat(settings.getGpuOptions().getAllowGrowth()).isTrue();
        assertThat(settings.getGpuOptions().getVisibleDeviceList()).isEqualTo("2");
        assertThat(settings.getAllowSoftPlacement()).isTrue();
        assertThat(Gpus.settings(OptionalInt.empty()).getGpuOptions().getVisibleDeviceList())
                .isEmpty();
    }

    @Test
    void aCardIsChosenBeforeTheFirstSession() {
        assertThatThrownBy(() -> Gpus.see(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The GPU is -1: give its number, 0 or more");
        // Opens a session itself: the first of the process, whose settings hold for all.
        assertThat(Devices.all()).isNotEmpty();
        assertThatThrownBy(() -> Gpus.see(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("TensorFlow has its devices already: choose GPU 1 before the first session");
    }
}
