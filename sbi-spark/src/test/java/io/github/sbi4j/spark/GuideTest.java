package io.github.sbi4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java code of the guide's page on clusters stands in sources that are compiled and run. */
class GuideTest {
  private static final Path PAGE = Path.of("..", "docs", "guide", "clusters.md");
  private static final Path SOURCES =
      Path.of("src", "test", "java", "io", "github", "sbi4j", "spark");

  static List<String> blocks() throws IOException {
    return Pattern.compile("^~~~java\\n(.*?)^~~~$", Pattern.MULTILINE | Pattern.DOTALL)
        .matcher(Files.readString(PAGE))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  private static String words(String code) {
    return code.replaceAll("\\s+", " ").strip();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void standsInASource(String block) throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      assertThat(files.map(GuideTest::read)).anyMatch(source -> source.contains(words(block)));
    }
  }

  @Test
  void flagsAreThoseOfSpark() throws IOException {
    List<String> flags =
        Stream.of(JavaModuleOptions.defaultModuleOptionArray())
            .filter(flag -> !flag.startsWith("--add-modules")) // which all tests have
            .toList();
    assertThat(Files.readString(Path.of("pom.xml"))).contains(flags);
  }

  private static String read(Path file) {
    try {
      return words(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
