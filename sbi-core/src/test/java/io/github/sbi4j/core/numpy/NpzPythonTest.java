package io.github.sbi4j.core.numpy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * NumPy reads what is written here, and the other way round. The interpreter is {@code
 * -Dsbi4j.python}, {@code python3} unless set; without NumPy the tests are skipped.
 */
class NpzPythonTest {
  private static final String PYTHON = System.getProperty("sbi4j.python", "python3");

  @TempDir private Path directory;

  private String python(String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PYTHON, "-c", script));
    command.addAll(List.of(arguments));
    Path output = directory.resolve("output");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      return Assumptions.abort("there is no Python: " + e.getMessage());
    }
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return Assumptions.abort("Python took more than two minutes");
    }
    String text = Files.readString(output);
    return process.exitValue() == 0 ? text : "failed: " + text;
  }

  @BeforeEach
  void requireNumpy() throws IOException, InterruptedException {
    String found = python("import numpy");
    Assumptions.assumeFalse(
        found.startsWith("failed"), () -> PYTHON + " cannot import numpy: " + found);
  }

  @Test
  void numpyReadsWhatIsWritten() throws IOException, InterruptedException {
    Simulations table =
        Simulations.run(
            (theta, random) -> {
              if (theta[0] < 0.3) {
                throw new IllegalStateException("\u03b8 too small");
              }
              return new double[] {theta[1], random.nextGaussian(), 1.0 / 3};
            },
            BoxUniform.of(new double[] {0, 0}, new double[] {1, 1}).named("a", "\u03b2"),
            20,
            1);
    String script =
        """
        import sys, numpy
        for path in sys.argv[1:]:
            data = numpy.load(path)
            print(data["theta"].dtype, data["theta"].shape, data["x"].shape, *(ascii(str(n)) for n in data["theta_names"]))
            print(*data["theta"].ravel().astype(float).tolist())
            print(len(data["failure_row"]) == numpy.isnan(data["x"]).any(axis=1).sum(), data["failure_kind"][0], ascii(str(data["failure_message"][0])))
        """;
    Path plain = directory.resolve("plain.npz");
    Path small = directory.resolve("small.npz");
    Npz.defaults().write(table, plain);
    Npz.defaults().withFloat32().withCompression().write(table, small);
    List<String> lines = python(script, plain.toString(), small.toString()).lines().toList();

    assertThat(lines).hasSize(6);
    assertThat(lines.get(0)).isEqualTo("float64 (20, 2) (20, 3) 'a' '\\u03b2'");
    assertThat(lines.get(3)).isEqualTo("float32 (20, 2) (20, 3) 'a' '\\u03b2'");
    String[] exact = lines.get(1).split(" ");
    String[] rounded = lines.get(4).split(" ");
    double[] theta = table.parameters().toRowMajorArray();
    for (int i = 0; i < theta.length; i++) {
      assertThat(Double.parseDouble(exact[i])).isEqualTo(theta[i]);
      assertThat(Double.parseDouble(rounded[i])).isEqualTo((float) theta[i]);
    }
    assertThat(lines.get(2))
        .isEqualTo(lines.get(5))
        .isEqualTo("True FAILED 'java.lang.IllegalStateException: \\u03b8 too small'");
  }

  @Test
  void whatNumpyWritesIsRead() throws IOException, InterruptedException {
    String script =
        """
        import sys, numpy
        theta = numpy.arange(6.0).reshape(3, 2) / 7
        for path, save in ((sys.argv[1], numpy.savez), (sys.argv[2], numpy.savez_compressed)):
            save(path, theta=theta, x=numpy.asfortranarray(theta.astype("float32")),
                 big=theta.astype(">f8"), cube=numpy.asfortranarray(numpy.arange(24).reshape(2, 3, 4)),
                 counts=numpy.array([0, 255], dtype="uint8"), longs=numpy.array([-1, 2**40]),
                 most=numpy.array([2**64 - 1], dtype="uint64"), flags=numpy.array([True, False]),
                 number=3.5, names=numpy.array(["a", "\\u03b2\\U0001f4a5"]), none=numpy.zeros((0, 2)))
        """;
    Path plain = directory.resolve("plain.npz");
    Path small = directory.resolve("small.npz");
    assertThat(python(script, plain.toString(), small.toString())).isEmpty();

    double[][] theta = new double[3][2];
    float[][] single = new float[3][2];
    for (int i = 0; i < 6; i++) {
      theta[i / 2][i % 2] = i / 7.0;
      single[i / 2][i % 2] = (float) (i / 7.0);
    }
    double[] cube = new double[24];
    Arrays.setAll(cube, i -> i);
    for (Path file : List.of(plain, small)) {
      var arrays = Npz.read(file);
      assertThat(arrays.get("theta")).isEqualTo(NumpyArray.of(theta));
      assertThat(arrays.get("big")).isEqualTo(NumpyArray.of(theta));
      assertThat(arrays.get("cube")).isEqualTo(NumpyArray.of(cube, 2, 3, 4));
      assertThat(arrays.get("counts")).isEqualTo(NumpyArray.of(new double[] {0, 255}, 2));
      assertThat(arrays.get("longs")).isEqualTo(NumpyArray.of(new double[] {-1, 0x1p40}, 2));
      assertThat(arrays.get("most")).isEqualTo(NumpyArray.of(new double[] {0x1p64}, 1));
      assertThat(arrays.get("flags")).isEqualTo(NumpyArray.of(new double[] {1, 0}, 2));
      assertThat(arrays.get("number")).isEqualTo(NumpyArray.of(new double[] {3.5}));
      assertThat(arrays.get("names").text()).containsExactly("a", "\u03b2\ud83d\udca5");
      assertThat(arrays.get("none")).isEqualTo(NumpyArray.of(new double[0], 0, 2));
      Simulations table = Npz.readSimulations(file);
      assertThat(table.parameters().names()).containsExactly("theta_1", "theta_2");
      assertThat(table.observations().get(2, 1)).isEqualTo(single[2][1]);
      Samples draws = Npz.readSamples(file, "big");
      assertThat(draws.names()).containsExactly("big_1", "big_2");
    }
  }
}
