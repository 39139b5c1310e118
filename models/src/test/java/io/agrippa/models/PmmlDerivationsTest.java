package io.agrippa.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.agrippa.engine.data.Type;
import io.agrippa.engine.model.Document;
import io.agrippa.engine.pmml.PmmlWriter;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Hour, weekday and month of the PMML are those of the calendar. */
class PmmlDerivationsTest {
  /**
   * A tree for each part of a moment tells all of its values apart, so equal predictions mean equal
   * parts.
   */
  private static void check(Type type, List<Object> moments, List<Object> wanted, int values)
      throws IOException {
    MemorySource source =
        new MemorySource().with("at", type, moments).with("part", Type.Scalar.INT, wanted);
    TrainingRequest request =
        TrainingRequest.of(
                "m",
                source.data(),
                TrainingTarget.parse("part"),
                new GradientBoostedTrees(1, 50, 2 * values, 1, 1.0, 1.0))
            .sampled(1, 1);
    Training training = new Training(request, TrainingTasks.THREADS);
    Training.Learnt learnt = training.learn();
    TrainedModel model = training.finish(learnt);
    Document document = model.document();
    Parity.check(PmmlWriter.bytes(document), learnt, source, learnt.table(), 1);
    // The part itself is learnt without error, so the library saw it, and the engine the same.
    assertThat(model.report().metrics())
        .filteredOn(m -> m.name().equals("RMSE"))
        .singleElement()
        .satisfies(m -> assertThat(m.value()).isLessThan(1e-9));
  }

  private static List<LocalDate> days() {
    List<LocalDate> days = new ArrayList<>();
    // All days around the turns of leap years, centuries and the epoch, and then days by lot.
    for (int year : new int[] {1899, 1900, 1904, 1969, 1970, 1999, 2000, 2001, 2099, 2100, 2399}) {
      for (LocalDate day = LocalDate.of(year, 1, 1); day.getYear() == year; day = day.plusDays(1)) {
        days.add(day);
      }
    }
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 2_000; i++) {
      days.add(LocalDate.ofEpochDay(random.nextLong(-150_000, 150_000)));
    }
    return days;
  }

  @Test
  void monthsOfDates() throws IOException {
    List<Object> at = new ArrayList<>();
    List<Object> month = new ArrayList<>();
    for (LocalDate day : days()) {
      at.add(day.toEpochDay());
      month.add(day.getMonthValue());
    }
    check(Type.Scalar.DATE, at, month, 12);
  }

  @Test
  void weekdaysOfTimestamps() throws IOException {
    List<Object> at = new ArrayList<>();
    List<Object> weekday = new ArrayList<>();
    for (LocalDate day : days()) {
      at.add(day.atTime(23, 59, 59).toEpochSecond(ZoneOffset.UTC) * 1_000_000);
      weekday.add(day.getDayOfWeek().getValue());
    }
    check(new Type.Timestamp(Type.Unit.MICROS, Type.Clock.LOCAL), at, weekday, 7);
  }

  @Test
  void hoursOfTimestamps() throws IOException {
    List<Object> at = new ArrayList<>();
    List<Object> hour = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(12);
    for (LocalDate day : days()) {
      LocalDateTime time =
          day.atTime(random.nextInt(24), random.nextInt(2) * 59, random.nextInt(2) * 59);
      at.add(time.toEpochSecond(ZoneOffset.UTC) * 1_000 + random.nextInt(1_000));
      hour.add(time.getHour());
    }
    check(new Type.Timestamp(Type.Unit.MILLIS, Type.Clock.LOCAL), at, hour, 24);
  }

  @Test
  void partsOfAMissingMomentAreTheMiddleOnesOfTraining() throws IOException {
    List<Object> at = new ArrayList<>();
    List<Object> amount = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(13);
    for (int i = 0; i < 500; i++) {
      long second = random.nextLong(1_000_000_000);
      at.add(random.nextInt(5) == 0 ? null : second * 1_000_000);
      amount.add((double) (second % 86_400));
    }
    MemorySource source =
        new MemorySource()
            .with("at", new Type.Timestamp(Type.Unit.MICROS, Type.Clock.LOCAL), at)
            .with("amount", Type.Scalar.DOUBLE, amount);
    TrainingRequest request =
        TrainingRequest.of(
            "m",
            source.data(),
            TrainingTarget.parse("amount"),
            new GradientBoostedTrees(10, 10, 16, 5, 0.3, 1.0));
    Training training = new Training(request, TrainingTasks.THREADS);
    Training.Learnt learnt = training.learn();
    byte[] pmml = PmmlWriter.bytes(training.finish(learnt).document());
    Parity.check(pmml, learnt, source, training.read(row -> true), 1);
  }
}
