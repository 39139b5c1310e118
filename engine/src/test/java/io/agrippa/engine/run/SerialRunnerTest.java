package io.agrippa.engine.run;

final class SerialRunnerTest extends RunnerContract {
  @Override
  Runner runner() {
    return new SerialRunner();
  }

  @Override
  int mostLiveBlocks() {
    return 1;
  }
}
