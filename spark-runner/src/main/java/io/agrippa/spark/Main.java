package io.agrippa.spark;

import java.util.Arrays;
import java.util.Locale;

/**
 * What {@code spark-submit agrippa-spark.jar score …} runs: the agrippa command in a driver, with
 * the session as the runner unless another one is named.
 */
public final class Main {
  private Main() {}

  /**
   * Runs the command and ends the virtual machine with its exit code.
   *
   * @param args the command line, such as {@code score --model m.pmml --input in.parquet}
   */
  public static void main(String[] args) {
    if (Arrays.stream(args).noneMatch(arg -> arg.toLowerCase(Locale.ROOT).startsWith("--on"))) {
      System.setProperty("agrippa.on", SparkRunnerProvider.KIND);
    }
    io.agrippa.cli.Main.main(args);
  }
}
