package dev.odeon.datasets.npz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odeon.datasets.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzFileTest {
    @TempDir
    Path folder;

    private static byte[] bytes(ByteOrder order, int size, Consumer<ByteBuffer> fill) {
        ByteBuffer buffer = ByteBuffer.allocate(size).order(order);
        fill.accept(buffer);
        return buffer.array();
    }

    @Test
    void readsEveryNumberTypeInEitherByteOrder() throws IOException {
        NpzBuilder builder = new NpzBuilder();
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            String mark = order == ByteOrder.LITTLE_ENDIAN ? "<" : ">";
            builder.array(
                            mark + "i2",
                            mark + "i2",
                            "(2,)",
                            bytes(order, 4, b -> b.putShort((short) -3).putShort((short) 7)))
                    .array(
                            mark + "i4",
                            mark + "i4",
                            "(2,)",
                            bytes(order, 8, b -> b.putInt(-3).putInt(7)))
                    .array(
                            mark + "i8",
                            mark + "i8",
                            "(2,)",
                            bytes(order, 16, b -> b.putLong(-3).putLong(7)))
                    .array(
                            mark + "f4",
                            mark + "f4",
                            "(2,)",
                            bytes(order, 8, b -> b.putFloat(-3).putFloat(7)))
                    .array(
                            mark + "f8",
                            mark + "f8",
                            "(2,)",
                            bytes(order, 16, b -> b.putDouble(-3).putDouble(7)));
        }
        builder.array("i1", "|i1", "(2,)", new byte[] {-3, 7})
                .array("u1", "|u1", "(2,)", new byte[] {(byte) 200, 7})
                .array("u4", "<u4", "(1,)", new byte[] {-1, -1, -1, -1})
                .array("b1", "|b1", "(3,)", new byte[] {0, 1, 2});
        try (NpzFile npz = NpzFile.open(builder.write(folder.resolve("a.npz")))) {
            for (String type : new String[] {"<i2", "<i4", "<i8", ">i2", ">i4", ">i8", "i1"}) {
                assertThat(npz.ints(type)).as(type).containsExactly(-3, 7);
                assertThat(npz.floats(type)).as(type).containsExactly(-3, 7);
            }
            for (String type : new String[] {"<f4", "<f8", ">f4", ">f8"}) {
                assertThat(npz.floats(type)).as(type).containsExactly(-3, 7);
                assertThat(npz.doubles(type)).as(type).containsExactly(-3, 7);
            }
            assertThat(npz.ints("u1")).containsExactly(200, 7);
            assertThat(npz.ints("b1")).containsExactly(0, 1, 1);
            assertThat(npz.doubles("u4")).containsExactly(4294967295.0);
            assertThatThrownBy(() -> npz.ints("u4")).hasMessageContaining("4294967295");
            assertThatThrownBy(() -> npz.ints("<f4"))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("'<f4'")
                    .hasMessageContaining("expected whole numbers");
        }
    }

    @Test
    void unsignedNumbersOf64BitsAreReadAsFarAsJavaHasThem() throws IOException {
        Path file = new NpzBuilder()
                .array(
                        "small",
                        "<u8",
                        "(2,)",
                        bytes(ByteOrder.LITTLE_ENDIAN, 16, b -> b.putLong(7).putLong(Long.MAX_VALUE)))
                .array("signed", "<i8", "(1,)", bytes(ByteOrder.LITTLE_ENDIAN, 8, b -> b.putLong(-5)))
                .array("large", ">u8", "(1,)", bytes(ByteOrder.BIG_ENDIAN, 8, b -> b.putLong(Long.MIN_VALUE)))
                .write(folder.resolve("u.npz"));
        try (NpzFile npz = NpzFile.open(file)) {
            assertThat(npz.longs("small")).containsExactly(7, Long.MAX_VALUE);
            assertThat(npz.doubles("small")).containsExactly(7, 0x1p63);
            assertThat(npz.longs("signed")).containsExactly(-5);
            assertThatThrownBy(() -> npz.ints("small"))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("the number 9223372036854775807; expected numbers that fit 32 bits");
            for (ThrowingCallable read : List.<ThrowingCallable>of(
                    () -> npz.longs("large"),
                    () -> npz.ints("large"),
                    () -> npz.floats("large"),
                    () -> npz.doubles("large"))) {
                assertThatThrownBy(read)
                        .isInstanceOf(DataException.class)
                        .hasMessageContaining(
                                "'large' with the number 9223372036854775808; expected numbers below 2^63");
            }
        }
    }

    @Test
    void readsEveryFormatVersionStoredOrCompressed() throws IOException {
        NpzBuilder builder = new NpzBuilder();
        for (int version = 1; version <= 3; version++) {
            builder.raw(
                    "v" + version,
                    NpzBuilder.npy(
                            version, "{'shape': (3,), 'descr': \"|u1\", 'fortran_order': False}", new byte[] {1, 2, 3
                            }));
        }
        for (byte[] archive : new byte[][] {builder.compressed(), builder.stored()}) {
            try (NpzFile npz = NpzFile.open(Files.write(folder.resolve("v.npz"), archive))) {
                assertThat(npz.names()).containsExactly("v1", "v2", "v3");
                for (String name : npz.names()) {
                    assertThat(npz.ints(name)).containsExactly(1, 2, 3);
                }
            }
        }
    }

    @Test
    void readsLargeArraysAndSingleNumbers() throws IOException {
        byte[] many = new byte[300_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = (byte) (i % 101);
        }
        NpzBuilder builder = new NpzBuilder()
                .array("many", "|i1", "(300, 1000)", many)
                .array("one", "|i1", "()", new byte[] {9})
                .array("none", "<f8", "(0, 5)", new byte[0]);
        try (NpzFile npz = NpzFile.open(builder.write(folder.resolve("m.npz")))) {
            int[] values = npz.ints("many");
            assertThat(values).hasSize(300_000);
            assertThat(values[299_999]).isEqualTo(299_999 % 101);
            assertThat(npz.header("many").shape()).containsExactly(300L, 1000L);
            assertThat(npz.ints("one")).containsExactly(9);
            assertThat(npz.doubles("none")).isEmpty();
        }
    }

    @Test
    void numbersComeInCOrderWhateverTheOrderOfTheFile() throws IOException {
        String header = "{'descr': '|i1', 'fortran_order': True, 'shape': ";
        NpzBuilder builder = new NpzBuilder()
                .raw("line", NpzBuilder.npy(1, header + "(2,)}", new byte[] {1, 2}))
                .raw("matrix", NpzBuilder.npy(1, header + "(2, 3)}", new byte[] {1, 4, 2, 5, 3, 6}))
                .raw("cube", NpzBuilder.npy(1, header + "(2, 2, 2)}", new byte[] {1, 5, 3, 7, 2, 6, 4, 8}))
                .raw("nothing", NpzBuilder.npy(1, header + "(0, 3)}", new byte[0]));
        try (NpzFile npz = NpzFile.open(builder.write(folder.resolve("f.npz")))) {
            assertThat(npz.ints("line")).containsExactly(1, 2);
            assertThat(npz.ints("matrix")).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(npz.doubles("cube")).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
            assertThat(npz.ints("nothing")).isEmpty();
        }
    }

    @Test
    void textsAndObjectsAreListedNotRead() throws IOException {
        NpzBuilder builder = new NpzBuilder()
                .array("names", "<U2", "(1,)", new byte[8])
                .array("objects", "|O", "(1,)", new byte[] {(byte) 0x80, 4, '.'})
                .raw(
                        "records",
                        NpzBuilder.npy(
                                1,
                                "{'descr': [('a', '<i4'), ('b', '<f8', (2,))], 'fortran_order': False, 'shape': (0,)}",
                                new byte[0]));
        try (NpzFile npz = NpzFile.open(builder.write(folder.resolve("t.npz")))) {
            assertThat(npz.names()).contains("names", "objects", "records");
            assertBad(npz, "names", "type <U2");
            assertBad(npz, "objects", "type |O");
            assertBad(npz, "records", "type [('a'");
        }
    }

    @Test
    void sizesThatTheFileCannotHoldAreRefusedAtOnce() throws IOException {
        NpzBuilder builder = new NpzBuilder();
        String[] shapes = {
            "(2000000000,)",
            "(4611686018427387904, 4)",
            "(9223372036854775807, 9223372036854775807)",
            "(3,)",
            "(99999999999999999999,)"
        };
        for (int i = 0; i < shapes.length; i++) {
            builder.array("a" + i, "<f8", shapes[i], new byte[16]);
        }
        try (NpzFile npz = NpzFile.open(builder.write(folder.resolve("s.npz")))) {
            for (int i = 0; i < shapes.length; i++) {
                assertBad(npz, "a" + i, "array 'a" + i + "'");
            }
        }
    }

    @Test
    void headersThatAreNoHeadersAreRefused() throws IOException {
        String[] headers = {
            "",
            "{",
            "{}",
            "{'descr': '<f4', 'fortran_order': False}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1 2)}",
            "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}",
            "{'descr': __import__('os'), 'fortran_order': False, 'shape': (1,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'more': 1}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} and more",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (" + "1,".repeat(99) + ")}",
            "{'descr': [[[[, 'fortran_order': False, 'shape': (1,)}",
            "{'descr': '<c8', 'fortran_order': False, 'shape': (1,)}",
            "{'descr': '<f2', 'fortran_order': False, 'shape': (2,)}",
        };
        NpzBuilder builder = new NpzBuilder()
                .raw("v0", NpzBuilder.npy(9, headers[0], new byte[4]))
                .raw("text", "not an array".getBytes(StandardCharsets.UTF_8))
                .raw("short", new byte[] {(byte) 0x93, 'N'});
        for (int i = 0; i < headers.length; i++) {
            builder.raw("h" + i, NpzBuilder.npy(1, headers[i], new byte[4]));
        }
        try (NpzFile npz = NpzFile.open(builder.write(folder.resolve("h.npz")))) {
            assertThat(npz.names()).hasSize(headers.length + 3);
            for (String name : npz.names()) {
                assertBad(npz, name, "'" + name + "'");
            }
        }
    }

    @Test
    void saysWhatIsWrongWithFilesThatAreNoArchives() throws IOException {
        assertThatThrownBy(() -> NpzFile.open(folder.resolve("none.npz")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("none.npz")
                .hasMessageContaining("no such file");
        Path text = Files.writeString(folder.resolve("text.npz"), "hello");
        assertThatThrownBy(() -> NpzFile.open(text))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("text.npz: not a zip file");
        try (NpzFile npz = NpzFile.open(new NpzBuilder().ints("a", 1).write(folder.resolve("a.npz")))) {
            assertBad(npz, "b", "arrays [a]");
        }
    }

    private static void assertBad(NpzFile npz, String array, String found) {
        assertThatThrownBy(() -> npz.doubles(array))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(".npz")
                .hasMessageContaining(found);
    }
}
