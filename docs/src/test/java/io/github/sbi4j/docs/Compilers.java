package io.github.sbi4j.docs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;

/** The compilers of the guide's languages. */
final class Compilers {
  private Compilers() {}

  static String java(List<Path> sources, String classPath, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      StringWriter complaints = new StringWriter();
      List<String> options =
          List.of("-cp", classPath, "-d", classes.toString(), "-proc:none", "--release", "17");
      boolean done =
          compiler
              .getTask(
                  complaints,
                  files,
                  null,
                  options,
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      return done ? "" : complaints.toString();
    }
  }

  static String kotlin(List<Path> sources, String classPath, Path classes) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-no-stdlib",
                "-no-reflect",
                "-nowarn",
                "-jvm-target",
                "17",
                "-cp",
                classPath,
                "-d",
                classes.toString()));
    sources.forEach(source -> arguments.add(source.toString()));
    ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    ExitCode code =
        new K2JVMCompiler()
            .exec(
                new PrintStream(complaints, true, StandardCharsets.UTF_8),
                arguments.toArray(String[]::new));
    return code == ExitCode.OK ? "" : code + "\n" + complaints.toString(StandardCharsets.UTF_8);
  }
}
