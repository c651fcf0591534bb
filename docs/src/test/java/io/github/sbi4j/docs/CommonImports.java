package io.github.sbi4j.docs;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a code block need not import: every package of sbi4j, and of the JDK {@code java.nio.file},
 * {@code java.util} and {@code java.util.random}; but not the distributions of models, most of
 * which have the names of priors. A name that two packages have is imported by the block itself.
 */
final class CommonImports {
  private static final String ROOT = "io/github/sbi4j";
  private static final Set<String> SBI4J = packages();

  private CommonImports() {}

  static List<String> java() {
    return with("java.nio.file.*", "java.util.*", "java.util.random.*");
  }

  /** Kotlin's own collections stand where Java's would come in by {@code java.util.*}. */
  static List<String> kotlin() {
    return with("java.nio.file.Path", "java.util.random.RandomGenerator");
  }

  private static List<String> with(String... others) {
    List<String> imports = new ArrayList<>(List.of(others));
    SBI4J.forEach(name -> imports.add(name + ".*"));
    return imports;
  }

  private static Set<String> packages() {
    Set<String> packages = new TreeSet<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      try {
        if (Files.isDirectory(path)) {
          collect(path, packages);
        } else if (Files.isRegularFile(path)) {
          try (FileSystem jar = FileSystems.newFileSystem(path)) {
            collect(jar.getPath("/"), packages);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    packages.remove(CommonImports.class.getPackageName());
    packages.remove("io.github.sbi4j.ppl.distribution");
    return packages;
  }

  private static void collect(Path root, Set<String> packages) throws IOException {
    Path start = root.resolve(ROOT);
    if (!Files.isDirectory(start)) {
      return;
    }
    try (Stream<Path> files = Files.walk(start)) {
      files
          .filter(
              file -> file.toString().endsWith(".class") && !file.endsWith("package-info.class"))
          .map(
              file ->
                  root.relativize(file.getParent()).toString().replace('\\', '/').replace('/', '.'))
          .forEach(packages::add);
    }
  }
}
