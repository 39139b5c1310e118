package io.agrippa.engine;

import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.run.Job;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Where the rows of a job come from. For one thread at a time. */
sealed interface JobInput {
  /** The dataset, opened when it is first asked for. */
  BlockSource source() throws IOException;

  /** Its files, which no output may replace. */
  List<Path> files() throws IOException;

  /** What the job names. */
  final class Named implements JobInput {
    private final Job.Dataset dataset;
    private BlockSource source;

    Named(Job.Dataset dataset) {
      this.dataset = dataset;
    }

    @Override
    public BlockSource source() throws IOException {
      if (source == null) {
        source = Catalogues.input(dataset);
      }
      return source;
    }

    @Override
    public List<Path> files() throws IOException {
      return Catalogues.inputFiles(dataset.place());
    }
  }

  /** What somebody else has opened, who knows where it lies. */
  record Opened(BlockSource source) implements JobInput {
    @Override
    public List<Path> files() {
      return List.of();
    }
  }
}
