package io.github.sbi4j.benchmarks;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** The entry point: {@code java -jar benchmarks.jar <command>}. */
@Command(
    name = "benchmarks",
    description = "Accuracy and speed of sbi4j. Prints one line of JSON on standard output.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      SbibmCommand.class,
      SbibmTableCommand.class,
      SimulateCommand.class,
      WorkersCommand.class,
      ThroughputCommand.class,
      SpeedCommand.class,
      C2stCommand.class,
      DriftDiffusionCommand.class,
      CookiesCommand.class
    })
public final class Main {
  /** Creates the root command. */
  public Main() {}

  /**
   * Runs a command and exits with 0, with 2 for bad arguments, or with 1 if the work failed.
   *
   * @param arguments the command and its options
   */
  public static void main(String... arguments) {
    // standard output belongs to the result: whatever else prints goes to standard error
    PrintWriter output = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter errors = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    System.exit(run(output, errors, arguments));
  }

  /**
   * Runs a command.
   *
   * @param output receives the line of JSON
   * @param errors receives what went wrong
   * @param arguments the command and its options
   * @return the exit status
   */
  static int run(PrintWriter output, PrintWriter errors, String... arguments) {
    CommandLine commandLine = new CommandLine(new Main());
    commandLine.setCaseInsensitiveEnumValuesAllowed(true);
    commandLine.setOut(output);
    commandLine.setErr(errors);
    commandLine.setParameterExceptionHandler(
        (exception, given) -> {
          errors.println(exception.getMessage());
          errors.println(exception.getCommandLine().getHelp().fullSynopsis().strip());
          return ExitCode.USAGE;
        });
    commandLine.setExecutionExceptionHandler(
        (exception, command, result) -> {
          if (exception instanceof IllegalArgumentException) {
            errors.println(exception.getMessage());
            return ExitCode.USAGE;
          }
          exception.printStackTrace(errors);
          return ExitCode.SOFTWARE;
        });
    return commandLine.execute(arguments);
  }
}
