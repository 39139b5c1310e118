package io.agrippa.engine;

import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.compile.ModelCompiler;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.Workbench;
import io.agrippa.engine.run.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes a job's parts with {@code pmml}, {@code compile} and {@code io}. */
final class JobWorkbench implements Workbench {
  @Override
  public Workload open(Job job) throws IOException {
    if (!job.evaluator().equals(Job.OWN_EVALUATOR)) {
      throw new IllegalArgumentException(
          "evaluator \"%s\": there is none of this name; use %s"
              .formatted(job.evaluator(), Job.OWN_EVALUATOR));
    }
    long start = System.nanoTime();
    LoadedDocument loaded = LoadedDocument.read(job.model());
    long read = System.nanoTime();
    CompiledModel model =
        job.model().name().isPresent()
            ? ModelCompiler.compile(loaded.document(), job.model().name().get())
            : ModelCompiler.compile(loaded.document());
    long compiled = System.nanoTime();
    BlockSource source = Catalogues.input(job.input());
    return new JobWorkload(job, loaded.digest(), model, source, read - start, compiled - read);
  }

  /** Names of the columns to keep. */
  static List<String> kept(Job job, Schema source) {
    return job.kept().equals(List.of(Job.ALL_COLUMNS)) ? source.names() : job.kept();
  }

  /**
   * The columns to read: those that the model reads, as it wants them, then those to be kept, as
   * the source has them, unless that is the same. What the source does not have is left out;
   * binding says so better.
   */
  static List<Field> wanted(CompiledModel model, Schema source, List<String> kept) {
    List<Field> wanted = new ArrayList<>();
    for (Field field : model.reads()) {
      if (source.contains(field.name())) {
        wanted.add(field);
      }
    }
    for (String name : kept) {
      int index = source.indexOf(name);
      if (index >= 0 && !wanted.contains(source.field(index))) {
        wanted.add(source.field(index));
      }
    }
    return wanted;
  }
}
