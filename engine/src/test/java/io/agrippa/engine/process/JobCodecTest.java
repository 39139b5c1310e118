package io.agrippa.engine.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.engine.data.Partitioning;
import io.agrippa.engine.data.TakenAsMissing;
import io.agrippa.engine.run.Job;
import io.agrippa.engine.run.RowPolicy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whoever reads a job has the one that was written. */
class JobCodecTest {
  private static Job read(Job job) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JobCodec.write(job, new DataOutputStream(bytes));
    ByteArrayInputStream in = new ByteArrayInputStream(bytes.toByteArray());
    Job read = JobCodec.readJob(new DataInputStream(in));
    assertThat(in.available()).isZero();
    return read;
  }

  @Test
  void everythingTravels() throws IOException {
    Job.Dataset input = new Job.Dataset("in.csv", Map.of("quoted", "text"));
    Job plain = Job.copy(input, new Job.Dataset("out.csv"));
    assertThat(read(plain)).isEqualTo(plain);
    Job full =
        Job.score(new Job.ModelPlace("m.pmml", Optional.of("ab"), Optional.of("name")), input)
            .keeping(List.of("a", "b"))
            .with(RowPolicy.STATUS)
            .with(new Partitioning.Key("a"))
            .by("other")
            .first(7)
            .with(new Job.Analysis("profile", Map.of("top", "3")))
            .taking(Set.of(TakenAsMissing.NAN, TakenAsMissing.UNSEEN));
    assertThat(read(full)).isEqualTo(full);
  }
}
