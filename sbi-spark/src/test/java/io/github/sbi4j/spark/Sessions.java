package io.github.sbi4j.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Sessions of Spark for tests; one at a time in a JVM. */
final class Sessions {
  private Sessions() {}

  /** Two threads of this JVM. */
  static SparkSession local() {
    return builder("local[2]").getOrCreate();
  }

  /**
   * Executors in JVMs of their own, each with a core.
   *
   * <p>Workers look for Spark's jars in the folder that the variable SPARK_HOME names, which the
   * build sets and this fills with links to the class path.
   */
  static SparkSession cluster(int executors) throws IOException {
    Path jars = Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    List<String> folders = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry).toAbsolutePath();
      Path link = jars.resolve(path.getFileName());
      if (Files.isDirectory(path)) {
        folders.add(path.toString());
      } else if (Files.isRegularFile(path) && !Files.exists(link)) {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, path);
      }
    }
    return builder("local-cluster[" + executors + ",1,1024]")
        .config("spark.executor.memory", "512m")
        .config("spark.executor.extraClassPath", String.join(File.pathSeparator, folders))
        .config("spark.scheduler.minRegisteredResourcesRatio", "1")
        .getOrCreate();
  }

  private static SparkSession.Builder builder(String master) {
    return SparkSession.builder()
        .master(master)
        .appName("sbi4j tests")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1");
  }
}
