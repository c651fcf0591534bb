package io.github.sbi4j.core.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplesCsvTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("samples.csv");
  }

  @Test
  void roundTripKeepsEveryBit() {
    SplittableRandom random = new SplittableRandom(4);
    double[][] rows = new double[2000][2];
    for (double[] row : rows) {
      row[0] = random.nextGaussian();
      // Any bit pattern is a double; those of NaN are all written as NaN.
      row[1] = Double.longBitsToDouble(random.nextLong());
    }
    rows[0] = new double[] {Double.NaN, Double.POSITIVE_INFINITY};
    rows[1] = new double[] {Double.MIN_VALUE, Double.NEGATIVE_INFINITY};
    rows[2] = new double[] {-0.0, Double.MAX_VALUE};
    Samples samples = Samples.copyOf(List.of("a, \"quoted\"", "µ"), rows);
    samples.writeCsv(file);

    assertThat(Samples.readCsv(file)).isEqualTo(samples);
    assertThat(Samples.readCsv(file, List.of("µ"))).isEqualTo(samples.select("µ"));
  }

  @Test
  void writesPlainLines() {
    Samples.copyOf(List.of("a", "b"), new double[][] {{1, -2.5}, {Double.NaN, 1e30}})
        .writeCsv(file);

    assertThat(file).hasContent("a,b\n1.0,-2.5\nNaN,1.0E30\n");
  }

  @Test
  void readsWhatOthersWrite() throws IOException {
    Files.writeString(file, "\uFEFFa, b\r\nNA, 1e3\r\n-inf,\r\n\"2\",nan\r\n+Inf,Infinity\r\n");

    assertThat(Samples.readCsv(file))
        .isEqualTo(
            Samples.copyOf(
                List.of("a", "b"),
                new double[][] {
                  {Double.NaN, 1000},
                  {Double.NEGATIVE_INFINITY, Double.NaN},
                  {2, Double.NaN},
                  {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY}
                }));
  }

  @Test
  void readsATableWithoutRows() throws IOException {
    Files.writeString(file, "a,b\n");

    assertThat(Samples.readCsv(file)).isEqualTo(Samples.copyOf(List.of("a", "b"), new double[0][]));
  }

  @Test
  void errorsSayWhere() throws IOException {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Samples.readCsv(file))
        .withMessage("cannot read " + file);
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Samples.ofRowMajor(List.of("a"), new double[1]).writeCsv(folder))
        .withMessage("cannot write " + folder);

    assertRejected("", file + " is empty; its first line must hold the names of the columns");
    assertRejected(
        "a,b\n1,2\n1,two\n", "record 3 of " + file + " has 'two' in column 'b', expected a number");
    assertRejected(
        "a,b\n1,2,3\n", "record 2 of " + file + " has 3 cells, expected 2 as in its first line");
    assertRejected("a,a\n1,2\n", "name 'a' is given twice in [a, a]; each column needs its own");

    Files.writeString(file, "a,b\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Samples.readCsv(file, List.of("a", "c")))
        .withMessage(file + " has no column named 'c'; its columns are [a, b]");
  }

  private void assertRejected(String content, String message) throws IOException {
    Files.writeString(file, content);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Samples.readCsv(file))
        .withMessage(message);
  }
}
