package io.github.sbi4j.core.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The table: what goes in comes out, and what does not fit is refused. */
class SamplesTest {
  private static final double[][] ROWS = {{1, 10}, {2, 20}, {3, 30}};
  private static final Samples TABLE = Samples.copyOf(List.of("a", "b"), ROWS);

  @Test
  void givesWhatWentIn() {
    assertThat(TABLE.rows()).isEqualTo(3);
    assertThat(TABLE.columns()).isEqualTo(2);
    assertThat(TABLE.names()).containsExactly("a", "b");
    assertThat(TABLE.get(1, 1)).isEqualTo(20);
    assertThat(TABLE.row(2)).containsExactly(3, 30);
    assertThat(TABLE.column(1)).containsExactly(10, 20, 30);
    assertThat(TABLE.column("a")).containsExactly(1, 2, 3);
    assertThat(TABLE.toArray()).isDeepEqualTo(ROWS);
    assertThat(TABLE.toRowMajorArray()).containsExactly(1, 10, 2, 20, 3, 30);
    assertThat(Samples.ofRowMajor(List.of("a", "b"), TABLE.toRowMajorArray())).isEqualTo(TABLE);
  }

  @Test
  void isImmutable() {
    double[][] rows = {{1, 2}};
    double[] values = {1, 2};
    Samples fromRows = Samples.copyOf(List.of("a", "b"), rows);
    Samples fromValues = Samples.ofRowMajor(List.of("a", "b"), values);
    rows[0][0] = 9;
    values[0] = 9;
    fromRows.row(0)[1] = 9;
    fromRows.toArray()[0][1] = 9;
    fromRows.toRowMajorArray()[1] = 9;
    fromRows.column(0)[0] = 9;

    assertThat(fromRows.toRowMajorArray()).containsExactly(1, 2);
    assertThat(fromValues).isEqualTo(fromRows);
  }

  @Test
  void cutsAndJoins() {
    assertThat(TABLE.head(2).column(0)).containsExactly(1, 2);
    assertThat(TABLE.head(9)).isEqualTo(TABLE);
    assertThat(TABLE.slice(1, 3).column(1)).containsExactly(20, 30);
    assertThat(TABLE.slice(1, 1).rows()).isZero();
    assertThat(TABLE.take(2, 0, 2).column(0)).containsExactly(3, 1, 3);
    assertThat(TABLE.select("b", "a").row(0)).containsExactly(10, 1);
    assertThat(TABLE.select("b").names()).containsExactly("b");
    assertThat(TABLE.append(TABLE.head(1)).toArray())
        .isDeepEqualTo(new double[][] {{1, 10}, {2, 20}, {3, 30}, {1, 10}});
    assertThat(TABLE.named("x", "y").column("y")).containsExactly(10, 20, 30);
  }

  @Test
  void equalsBitForBit() {
    Samples nan = Samples.ofRowMajor(List.of("a"), new double[] {Double.NaN});
    assertThat(nan)
        .isEqualTo(Samples.ofRowMajor(List.of("a"), new double[] {Double.NaN}))
        .hasSameHashCodeAs(Samples.ofRowMajor(List.of("a"), new double[] {Double.NaN}))
        .isNotEqualTo(Samples.ofRowMajor(List.of("b"), new double[] {Double.NaN}));
    assertThat(Samples.ofRowMajor(List.of("a"), new double[] {0.0}))
        .isNotEqualTo(Samples.ofRowMajor(List.of("a"), new double[] {-0.0}));
  }

  @Test
  void isShortInText() {
    assertThat(TABLE).hasToString("Samples[3 x 2: [a, b]]");
    List<String> many = IntStream.range(0, 20).mapToObj(i -> "v" + i).toList();
    assertThat(Samples.copyOf(many, new double[0][]))
        .hasToString("Samples[0 x 20: [v0, v1, v2, v3, v4, v5, v6, v7, ... 12 more]]");
  }

  @Test
  void rejectsWhatDoesNotFit() {
    assertRejected(
        () -> Samples.copyOf(List.of("a", "b"), new double[][] {{1, 2}, {3}}),
        "row 1 has 1 values, expected 2: [a, b]");
    assertRejected(
        () -> Samples.ofRowMajor(List.of("a", "b"), new double[3]),
        "3 values are not whole rows of 2: [a, b]");
    assertRejected(
        () -> Samples.ofRowMajor(List.of(), new double[0]),
        "no names given; a table needs at least one column");
    assertRejected(
        () -> Samples.ofRowMajor(List.of("a", "b", "a"), new double[3]),
        "name 'a' is given twice in [a, b, a]; each column needs its own");
    assertRejected(
        () -> Samples.ofRowMajor(List.of("a", " "), new double[2]),
        "name ' ' is blank or has space around it, expected text");
    assertRejected(() -> TABLE.named("a"), "1 names [a] for 2 columns; give one name per column");
    assertRejected(() -> TABLE.column("c"), "no column named 'c'; the columns are [a, b]");
    assertRejected(() -> TABLE.select("a", "c"), "no column named 'c'; the columns are [a, b]");
    assertRejected(
        () -> TABLE.append(TABLE.select("b", "a")),
        "cannot append columns [b, a] to columns [a, b]; rename or select first");
  }

  @Test
  void rejectsIndicesOutside() {
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> TABLE.get(0, 2));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> TABLE.get(3, 0));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> TABLE.row(-1));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> TABLE.column(2));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> TABLE.slice(2, 4));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> TABLE.take(3));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> TABLE.head(-1));
  }

  private static void assertRejected(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }
}
