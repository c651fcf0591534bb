package io.github.sbi4j.docs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The code of one page in one language.
 *
 * @param page the name of the page, for messages
 * @param language how to compile it
 * @param sources the text of each source file, by file name
 * @param mains the classes to run, in order
 */
record Program(String page, Language language, Map<String, String> sources, List<String> mains) {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** Compiles source files. */
  @FunctionalInterface
  interface Compiler {
    /** What the compiler complains about; empty where it is content. */
    String compile(List<Path> sources, String classPath, Path classes) throws IOException;
  }

  /**
   * Compiles the program, then runs it in a JVM of its own whose working directory is the given
   * one.
   */
  void run(Path directory) throws IOException, InterruptedException {
    Path classes = Files.createDirectories(directory.resolve("classes"));
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, String> source : sources.entrySet()) {
      files.add(Files.writeString(directory.resolve(source.getKey()), source.getValue()));
    }
    String classPath = System.getProperty("java.class.path");
    String complaints = language.compiler().compile(files, classPath, classes);
    if (!complaints.isEmpty()) {
      throw new AssertionError(page + " does not compile:\n" + complaints + listing());
    }
    for (String main : mains) {
      run(directory, main, classes + File.pathSeparator + classPath);
    }
  }

  private void run(Path directory, String main, String classPath)
      throws IOException, InterruptedException {
    Path output = directory.resolve("output.txt");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-ea",
                "-Xmx1g",
                "-Djava.awt.headless=true",
                "-DOPT_OUT_TRACKING=true",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                classPath,
                main)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    if (!ended || process.exitValue() != 0) {
      String how =
          ended ? " ends with status " + process.exitValue() : " does not end within " + LIMIT;
      throw new AssertionError(page + how + ":\n" + Files.readString(output) + listing());
    }
  }

  /** The sources with line numbers, for messages. */
  private String listing() {
    StringBuilder listing = new StringBuilder();
    sources.forEach(
        (name, text) -> {
          listing.append("\n--- ").append(name).append('\n');
          int line = 1;
          for (String row : text.split("\n")) {
            listing.append(line++).append("  ").append(row).append('\n');
          }
        });
    return listing.toString();
  }
}
