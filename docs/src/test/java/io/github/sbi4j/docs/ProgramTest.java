package io.github.sbi4j.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page's blocks become a program that can fail. */
class ProgramTest {
  @TempDir Path directory;

  @Test
  void laterBlockUsesEarlierOneAndWritesIntoTheWorkingDirectory() throws Exception {
    run(
        Language.JAVA,
        """
        ```java
        import java.time.Duration;
        record Point(int x) {}
        Point point = new Point(3);
        ```
        Text.
        ```java
        Files.writeString(Path.of("out.txt"), "x" + point.x() + Duration.ofSeconds(1));
        ```
        """);
    assertThat(directory.resolve("out.txt")).hasContent("x3PT1S");
  }

  @Test
  void everyPackageOfTheLibraryIsImported() throws Exception {
    run(Language.JAVA, "```java\nassert RandomStreams.of(1, 2).nextLong() != 0;\n```");
  }

  @Test
  void publicTypeIsAFileOfItsOwnAndItsMainIsRun() throws Exception {
    run(
        Language.JAVA,
        """
        ```java
        import java.io.IOException;

        public class Answer {
          public static void main(String[] arguments) throws IOException {
            Files.writeString(Path.of("out.txt"), "42");
          }
        }
        ```
        """);
    assertThat(directory.resolve("out.txt")).hasContent("42");
  }

  @Test
  void blockMarkedNoRunIsCompiledAndNotRun() throws Exception {
    run(
        Language.JAVA,
        "```java\nint x = 1;\n```\n```java no-run\nthrow new Exception(\"\" + x);\n```");
    assertThatThrownBy(() -> run(Language.JAVA, "```java no-run\nundefined();\n```"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("page.md does not compile")
        .hasMessageContaining("undefined()");
  }

  @Test
  void exceptionFailsThePage() {
    assertThatThrownBy(
            () -> run(Language.JAVA, "```java\nthrow new IllegalStateException(\"broken\");\n```"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("page.md ends with status 1")
        .hasMessageContaining("broken");
  }

  @Test
  void kotlinCompilesAndRuns() throws Exception {
    run(
        Language.KOTLIN,
        """
        ```kotlin
        import java.io.File
        val stream = RandomStreams.of(1, 2)
        ```
        ```kotlin
        File("out.txt").writeText("x" + listOf(1, 2).size + (stream.nextLong() == 0L))
        ```
        """);
    assertThat(directory.resolve("out.txt")).hasContent("x2false");
    assertThatThrownBy(() -> run(Language.KOTLIN, "```kotlin\nundefined()\n```"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("page.md does not compile")
        .hasMessageContaining("undefined");
  }

  @Test
  void otherLanguagesFormNoProgram() {
    assertThat(
            Language.JAVA.program(
                "page.md", CodeBlock.of("page.md", List.of("```xml", "<a/>", "```"))))
        .isEmpty();
  }

  @Test
  void badFenceIsNamedWithItsLine() {
    assertThatThrownBy(() -> CodeBlock.of("page.md", List.of("", "```java", "int x;")))
        .hasMessage("page.md:2: the code block is never closed");
    assertThatThrownBy(() -> CodeBlock.of("page.md", List.of("```java norun", "```")))
        .hasMessage("page.md:1: unknown mark 'norun', only no-run");
  }

  private void run(Language language, String markdown) throws Exception {
    language
        .program("page.md", CodeBlock.of("page.md", markdown.lines().toList()))
        .orElseThrow()
        .run(directory);
  }
}
