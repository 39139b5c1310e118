package io.agrippa.engine.analysis;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reduces rows to a {@link Profile}. */
final class ProfileAggregation extends BlockAggregation<ProfileAggregation.ProfileState> {
  static final String NAME = "profile";

  /** Parameter: how many of the most frequent values to tell. */
  static final String TOP = "top";

  private static final int VERSION = 1;
  private static final int USUAL_TOP = 10;

  private final Schema schema;
  private final int top;

  private ProfileAggregation(Schema schema, int top) {
    super(ProfileState.class, NAME, VERSION);
    this.schema = schema;
    this.top = top;
  }

  static ProfileAggregation bind(Map<String, String> parameters, Schema schema) {
    Parameters given = new Parameters(NAME, parameters, List.of(TOP));
    return new ProfileAggregation(schema, given.number(TOP, USUAL_TOP, NumberCounts.MOST_VALUES));
  }

  @Override
  public ProfileState state() {
    return new ProfileState(this);
  }

  /** The fields' summaries. */
  static final class ProfileState extends BlockAggregation.VersionedState<ProfileState> {
    private final List<FieldSummary> fields = new ArrayList<>();
    private final int top;
    private long rows;

    ProfileState(ProfileAggregation aggregation) {
      super(aggregation);
      this.top = aggregation.top;
      aggregation.schema.fields().forEach(field -> fields.add(new FieldSummary(field)));
    }

    @Override
    public void add(Block block) {
      rows += block.rows();
      for (int i = 0; i < fields.size(); i++) {
        fields.get(i).add(block, i);
      }
    }

    @Override
    void mergeSame(ProfileState other) {
      rows += other.rows;
      for (int i = 0; i < fields.size(); i++) {
        fields.get(i).merge(other.fields.get(i));
      }
    }

    List<FieldSummary> fields() {
      return fields;
    }

    long rows() {
      return rows;
    }

    @Override
    public Profile result() {
      return new Profile(rows, fields.stream().map(field -> field.profile(top)).toList());
    }

    @Override
    void writeBody(DataOutput out) throws IOException {
      out.writeLong(rows);
      out.writeInt(fields.size());
      for (FieldSummary field : fields) {
        field.write(out);
      }
    }

    @Override
    void readBody(DataInput in) throws IOException {
      rows = in.readLong();
      int count = in.readInt();
      if (count != fields.size()) {
        throw new IOException(
            "a profile of %d columns where %d are profiled; the bytes are of another job"
                .formatted(count, fields.size()));
      }
      for (FieldSummary field : fields) {
        field.read(in);
      }
    }
  }
}
