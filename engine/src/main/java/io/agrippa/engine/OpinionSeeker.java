package io.agrippa.engine;

import io.agrippa.engine.compile.AbsentColumns;
import io.agrippa.engine.compile.CompiledModel;
import io.agrippa.engine.compile.ResultField;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.BlockSource;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.reference.ReferenceModel;
import io.agrippa.engine.run.Job;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Scores rows with a model by Agrippa and by PMML4S, and compares. For one thread, once. */
final class OpinionSeeker {
  private final CompiledModel ours;
  private final ReferenceModel theirs;
  private final OpinionOptions options;
  private final List<String> names;
  private final OpinionTally tally;
  private BlockOperator.Worker ourWorker;
  private BlockOperator.Worker theirWorker;

  OpinionSeeker(CompiledModel ours, ReferenceModel theirs, OpinionOptions options) {
    this.ours = ours;
    this.theirs = theirs;
    this.options = options;
    List<String> given = new Schema(theirs.results()).names();
    names = ours.results().stream().map(ResultField::name).filter(given::contains).toList();
    if (names.isEmpty()) {
      throw new ModelException(
          ours.place(),
          0,
          "there is nothing to compare: Agrippa gives the results %s, PMML4S gives %s"
              .formatted(
                  String.join(", ", ours.results().stream().map(ResultField::name).toList()),
                  String.join(", ", given)));
    }
    tally = new OpinionTally(names, options.tolerance(), options.mostDifferences());
  }

  /** Compares on the rows of the model's own ModelVerification. */
  SecondOpinion onVerification() {
    List<Block> blocks = ours.verificationInputs();
    if (blocks.isEmpty()) {
      throw new ModelException(
          ours.place(), 0, "the model has no ModelVerification to compare on; give data to score");
    }
    bind(blocks.get(0).schema(), AbsentColumns.TAKE_AS_MISSING);
    if (ours.dependency().looksAhead()) {
      blocks.forEach(ourWorker::gather);
    }
    blocks.forEach(this::compare);
    return opinion();
  }

  /** Compares on the rows of an input. */
  SecondOpinion on(Job.Dataset input) throws IOException {
    BlockSource source = Catalogues.input(input);
    Schema columns = source.schema();
    List<Field> wanted = new ArrayList<>(ours.reads());
    for (Field field : theirs.reads()) {
      // Of what Agrippa does not look at, PMML4S gets what there is.
      if (columns.contains(field.name()) && !new Schema(wanted).contains(field.name())) {
        wanted.add(field);
      }
    }
    ours.bind(columns, List.of()); // what is absent is said with all columns in view
    try (InputBlocks rows = new InputBlocks(source, wanted, ours.dependency())) {
      bind(rows.schema(), AbsentColumns.REFUSE);
      InputBlocks.gather(source, wanted, ours.dependency(), ourWorker::gather);
      while (open() > 0 && rows.next()) {
        Block block = rows.block();
        compare(block.first((int) Math.min(block.rows(), open())));
      }
    }
    return opinion();
  }

  /** Rows that may still be compared. */
  private long open() {
    return options.limit().orElse(Long.MAX_VALUE) - tally.rows();
  }

  private void bind(Schema columns, AbsentColumns absent) {
    ourWorker = ours.bind(columns, List.of(), absent).worker();
    try {
      theirWorker =
          theirs.bind(columns, List.of(), ReferenceModel.AbsentColumns.TAKE_AS_MISSING).worker();
    } catch (IllegalArgumentException e) {
      throw new ModelException(ours.place(), 0, e.getMessage(), e);
    }
  }

  private void compare(Block block) {
    tally.compare(ourWorker.apply(block), theirWorker.apply(block));
  }

  private SecondOpinion opinion() {
    return new SecondOpinion(
        Job.PMML4S_EVALUATOR,
        tally.rows(),
        options.tolerance(),
        tally.columns(),
        tally.differences(),
        ours.results().stream().map(ResultField::name).filter(n -> !names.contains(n)).toList(),
        new Schema(theirs.results()).names().stream().filter(n -> !names.contains(n)).toList(),
        theirs.knownFaults());
  }
}
