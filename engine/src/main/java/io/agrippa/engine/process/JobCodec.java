package io.agrippa.engine.process;

import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.TakenAsMissing;
import io.agrippa.engine.data.TypeText;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RowPolicy;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * Jobs and schemas as bytes: field by field, so that reading one can make nothing but a job. Both
 * ends must be of one version. Public for runners in other modules.
 */
public final class JobCodec {
  private JobCodec() {}

  /** Writes a job. */
  public static void write(Job job, DataOutputStream out) throws IOException {
    out.writeBoolean(job.model().isPresent());
    if (job.model().isPresent()) {
      Job.ModelPlace model = job.model().get();
      Wire.text(out, model.place());
      Wire.text(out, model.digest().orElse(null));
      Wire.text(out, model.name().orElse(null));
    }
    write(job.input(), out);
    out.writeBoolean(job.output().isPresent());
    if (job.output().isPresent()) {
      write(job.output().get(), out);
    }
    out.writeInt(job.kept().size());
    for (String column : job.kept()) {
      Wire.text(out, column);
    }
    Wire.text(out, job.rowPolicy().name());
    Wire.text(out, job.evaluator());
    Wire.text(out, job.partitioning().toString());
    out.writeLong(job.limit().orElse(-1));
    out.writeBoolean(job.analysis().isPresent());
    if (job.analysis().isPresent()) {
      Wire.text(out, job.analysis().get().name());
      write(job.analysis().get().parameters(), out);
    }
    out.writeInt(job.taken().size());
    for (TakenAsMissing kind : job.taken()) {
      Wire.text(out, kind.name());
    }
  }

  /**
   * Reads what {@link #write(Job, DataOutputStream)} wrote.
   *
   * @param in with all of it there to be read, as out of memory
   * @throws IOException if the bytes end too early
   */
  public static Job readJob(DataInputStream in) throws IOException {
    Optional<Job.ModelPlace> model = Optional.empty();
    if (in.readBoolean()) {
      model =
          Optional.of(
              new Job.ModelPlace(
                  Wire.text(in),
                  Optional.ofNullable(Wire.text(in)),
                  Optional.ofNullable(Wire.text(in))));
    }
    Job.Dataset input = readDataset(in);
    Optional<Job.Dataset> output =
        in.readBoolean() ? Optional.of(readDataset(in)) : Optional.empty();
    List<String> kept = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      kept.add(Wire.text(in));
    }
    RowPolicy policy = RowPolicy.valueOf(Wire.text(in));
    String evaluator = Wire.text(in);
    Partitioning partitioning = Partitioning.parse(Wire.text(in));
    long limit = in.readLong();
    Optional<Job.Analysis> analysis =
        in.readBoolean()
            ? Optional.of(new Job.Analysis(Wire.text(in), readMap(in)))
            : Optional.empty();
    Set<TakenAsMissing> taken = EnumSet.noneOf(TakenAsMissing.class);
    for (int i = in.readInt(); i > 0; i--) {
      taken.add(TakenAsMissing.valueOf(Wire.text(in)));
    }
    return new Job(
        model,
        input,
        output,
        kept,
        policy,
        evaluator,
        partitioning,
        limit < 0 ? OptionalLong.empty() : OptionalLong.of(limit),
        analysis,
        taken);
  }

  private static void write(Job.Dataset dataset, DataOutputStream out) throws IOException {
    Wire.text(out, dataset.place());
    write(dataset.options(), out);
  }

  private static Job.Dataset readDataset(DataInputStream in) throws IOException {
    return new Job.Dataset(Wire.text(in), readMap(in));
  }

  private static void write(Map<String, String> map, DataOutputStream out) throws IOException {
    out.writeInt(map.size());
    for (Map.Entry<String, String> entry : map.entrySet()) {
      Wire.text(out, entry.getKey());
      Wire.text(out, entry.getValue());
    }
  }

  private static Map<String, String> readMap(DataInputStream in) throws IOException {
    Map<String, String> map = new TreeMap<>();
    for (int i = in.readInt(); i > 0; i--) {
      map.put(Wire.text(in), Wire.text(in));
    }
    return map;
  }

  /** Writes a schema. */
  public static void write(Schema schema, DataOutputStream out) throws IOException {
    out.writeInt(schema.size());
    for (Field field : schema.fields()) {
      Wire.text(out, field.name());
      Wire.text(out, TypeText.of(field.type()));
    }
  }

  /**
   * Reads what {@link #write(Schema, DataOutputStream)} wrote.
   *
   * @param in with all of it there to be read, as out of memory
   * @throws IOException if the bytes end too early
   */
  public static Schema readSchema(DataInputStream in) throws IOException {
    List<Field> fields = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      fields.add(new Field(Wire.text(in), TypeText.parse(Wire.text(in))));
    }
    return new Schema(fields);
  }
}
