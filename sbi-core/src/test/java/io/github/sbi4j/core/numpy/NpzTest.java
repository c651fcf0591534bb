package io.github.sbi4j.core.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read again. */
class NpzTest {
  private static final Distribution PRIOR =
      BoxUniform.of(new double[] {0, 0}, new double[] {1, 1}).named("a", "b");
  private static final Simulator FRAGILE =
      (theta, random) -> {
        if (theta[0] < 0.2) {
          throw new IllegalStateException("the mesh of \u03b8 is broken \ud83d\udca5");
        }
        return new double[] {theta[0] > 0.8 ? Double.NaN : theta[1], random.nextGaussian()};
      };

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("table.npz");
  }

  @Test
  void samplesComeBack() {
    Samples samples =
        Samples.copyOf(
            List.of("a", "\u03b2 [mV]"),
            new double[][] {{1, -0.0}, {Double.NaN, Double.MIN_VALUE}, {1 / 0.0, 1.0 / 3}});
    Npz.defaults().write(samples, file());
    assertThat(Npz.readSamples(file())).isEqualTo(samples);
    Npz.defaults().withCompression().write(samples, file());
    assertThat(Npz.readSamples(file())).isEqualTo(samples);
  }

  @Test
  void float32Rounds() throws IOException {
    Samples samples = PRIOR.sample(10_000, 1);
    Npz.defaults().write(samples, file());
    long size = Files.size(file());
    Npz.defaults().withFloat32().write(samples, file());

    assertThat(Files.size(file())).isBetween(size / 2, size / 2 + 1_000);
    double[] rounded = Npz.readSamples(file()).toRowMajorArray();
    double[] exact = samples.toRowMajorArray();
    for (int i = 0; i < exact.length; i++) {
      assertThat(rounded[i]).isEqualTo((float) exact[i]);
    }
  }

  @Test
  void simulationsComeBackWithFailures() {
    Simulations table = Simulations.run(FRAGILE, PRIOR, 50, 1);
    Npz.defaults().withCompression().write(table, file());

    assertThat(table.failures()).isNotEmpty();
    assertThat(Npz.readSimulations(file())).isEqualTo(table);
  }

  @Test
  void conditionsComeBack() {
    Simulations table = Simulations.run(FRAGILE, PRIOR, 50, 1).withConditions("b");
    Npz.defaults().write(table, file());

    assertThat(Npz.readSimulations(file())).isEqualTo(table);
  }

  @Test
  void equalTablesGiveEqualFiles() throws IOException {
    Npz.defaults().write(PRIOR.sample(10, 1), file());
    byte[] first = Files.readAllBytes(file());
    Npz.defaults().write(PRIOR.sample(10, 1), file());

    assertThat(Files.readAllBytes(file())).isEqualTo(first);
  }

  @Test
  void arraysOfAnyShapeComeBack() {
    Map<String, NumpyArray> arrays =
        Map.of(
            "number", NumpyArray.of(new double[] {7}),
            "cube", NumpyArray.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 2, 2),
            "empty", NumpyArray.of(new double[0], 0, 3),
            "rows", NumpyArray.of(new double[][] {{1, 2}, {3, 4}}),
            "text", NumpyArray.ofText(List.of("", "a", "\ud83d\udca5\ud83d\udca5")));
    Npz.defaults().write(arrays, file());

    assertThat(Npz.read(file())).isEqualTo(arrays);
  }

  @Test
  void columnsWithoutNamesAreNumbered() {
    Map<String, NumpyArray> arrays =
        Map.of(
            "theta", NumpyArray.of(new double[] {1, 2}, 2),
            "x", NumpyArray.of(new double[] {1, 2, 3, Double.NaN}, 2, 2));
    Npz.defaults().write(arrays, file());

    Simulations table = Npz.readSimulations(file());
    assertThat(table.parameters().names()).containsExactly("theta_1");
    assertThat(table.observations().names()).containsExactly("x_1", "x_2");
    assertThat(table.failures()).singleElement().matches(failure -> failure.row() == 1);
  }

  @Test
  void refusesWhatIsNotThereOrNoTable() {
    Map<String, NumpyArray> arrays =
        Map.of(
            "cube", NumpyArray.of(new double[8], 2, 2, 2), "text", NumpyArray.ofText(List.of("a")));
    Npz.defaults().write(arrays, file());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npz.readSimulations(file()))
        .withMessageStartingWith("no array 'theta' in " + file() + "; its arrays are [");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npz.readSamples(file(), "cube"))
        .withMessage(
            "array 'cube' of %s is one of numbers of the shape [2, 2, 2], expected rows and columns of numbers; reshape it in Python",
            file());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npz.readSamples(file(), "text"))
        .withMessageContaining("is one of text of the shape [1]");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Npz.read(directory.resolve("missing.npz")))
        .withMessage("cannot read " + directory.resolve("missing.npz"));
  }

  private void array(byte[] bytes) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file()))) {
      zip.putNextEntry(new ZipEntry("a.npy"));
      zip.write(bytes);
    }
  }

  private static byte[] npy(String header, int data) {
    byte[] text = (header + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] bytes = new byte[10 + text.length + data];
    System.arraycopy(NpyWriter.MAGIC, 0, bytes, 0, 6);
    bytes[6] = 1;
    bytes[8] = (byte) text.length;
    System.arraycopy(text, 0, bytes, 10, text.length);
    return bytes;
  }

  @Test
  void refusesDamage() throws IOException {
    Files.writeString(file(), "theta,x");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npz.read(file()))
        .withMessageStartingWith(file() + " is no .npz file, or is damaged: ");

    array("text".repeat(10).getBytes(StandardCharsets.US_ASCII));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npz.read(file()))
        .withMessage("array 'a' of " + file() + " is no array of NumPy");

    array(npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", 15));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npz.read(file()))
        .withMessage("array 'a' of " + file() + " ends before its array does; it is cut off");

    array(npy("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", 16));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npz.read(file()))
        .withMessageContaining("has elements of the type |O")
        .withMessageEndingWith("convert it in Python by .astype(\"float64\")");

    array(npy("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2,), }", 16));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npz.read(file()))
        .withMessageContaining("has elements that are records or the like");

    array(npy("{'descr': '<f8', 'shape': (2,), }", 16));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npz.read(file()))
        .withMessageContaining("has a header that is not NumPy's");

    array(npy("{'descr': '<f8', 'fortran_order': False, 'shape': (65536, 65536), }", 16));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Npz.read(file()))
        .withMessageEndingWith("has the shape [65536, 65536], more than 2^31 elements; split it");
  }

  @Test
  void refusesArraysThatAreNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NumpyArray.of(new double[5], 2, 3))
        .withMessage(
            "5 values for the shape [2, 3], expected as many as the product of its lengths");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NumpyArray.of(new double[][] {{1}, {1, 2}}))
        .withMessage("row 1 has 2 values, expected 1");
    assertThatIllegalStateException()
        .isThrownBy(() -> NumpyArray.ofText(List.of("a")).toArray())
        .withMessage("the array is one of text, NumpyArray[1]; ask for its text");
    assertThatIllegalStateException()
        .isThrownBy(() -> NumpyArray.of(new double[1], 1).text())
        .withMessage("the array is one of numbers, NumpyArray[1]; ask for its numbers");
  }

  @Test
  void saysWhatItCannotWrite() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Npz.defaults().write(PRIOR.sample(1, 1), directory))
        .withMessage("cannot write " + directory);
  }
}
