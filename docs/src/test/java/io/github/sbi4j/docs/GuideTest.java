package io.github.sbi4j.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every code block of the README and the guide compiles and runs. */
class GuideTest {
  private static final Path DOCS = Path.of("").toAbsolutePath();

  @TempDir Path directory;

  @TestFactory
  List<DynamicTest> pageRuns() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path page : pages()) {
      String name = DOCS.getParent().relativize(page).toString();
      List<CodeBlock> blocks = CodeBlock.of(name, Files.readAllLines(page));
      for (Language language : Language.values()) {
        language
            .program(name, blocks)
            .ifPresent(
                program ->
                    tests.add(DynamicTest.dynamicTest(name + " " + language, () -> run(program))));
      }
    }
    return tests;
  }

  @Test
  void readmeIsAmongThePages() throws IOException {
    assertThat(pages()).contains(DOCS.resolveSibling("README.md"), DOCS.resolve("guide/README.md"));
  }

  private void run(Program program) throws Exception {
    program.run(Files.createTempDirectory(directory, "page"));
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(DOCS.resolveSibling("README.md")));
    try (Stream<Path> files = Files.walk(DOCS.resolve("guide"))) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }
}
