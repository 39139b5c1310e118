package io.agrippa.models;

import java.io.Serializable;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Where the parts of a training that do not depend on each other are done, such as growing the
 * members of a forest. What comes of them is the same wherever that is. Found by name through
 * {@link ServiceLoader}; safe for use by many threads.
 */
public interface TrainingTasks {
  /** This virtual machine: one task, which uses all cores itself. */
  TrainingTasks THREADS =
      new TrainingTasks() {
        @Override
        public String name() {
          return "threads";
        }

        @Override
        public int count() {
          return 1;
        }

        @Override
        public <S extends Serializable, R extends Serializable> List<R> run(
            S shared, int tasks, Task<S, R> task) {
          return IntStream.range(0, tasks).mapToObj(index -> task.run(shared, index)).toList();
        }
      };

  /**
   * One of the parts; travels to where it is done.
   *
   * @param <S> what all parts have in common
   * @param <R> what comes of one
   */
  @FunctionalInterface
  interface Task<S extends Serializable, R extends Serializable> extends Serializable {
    /** Does the part of this index. */
    R run(S shared, int index);
  }

  /** What it is asked for by. */
  String name();

  /** Into how many parts to divide work that can be divided at will. */
  int count();

  /**
   * Does parts.
   *
   * @param tasks how many
   * @return what came of them, by index
   */
  <S extends Serializable, R extends Serializable> List<R> run(
      S shared, int tasks, Task<S, R> task);

  /**
   * The one of a name.
   *
   * @throws IllegalArgumentException if there is none; the message says which there are
   */
  static TrainingTasks named(String name) {
    TreeSet<String> known = new TreeSet<>();
    known.add(THREADS.name());
    if (name.equals(THREADS.name())) {
      return THREADS;
    }
    for (TrainingTasks tasks :
        ServiceLoader.load(TrainingTasks.class, TrainingTasks.class.getClassLoader())) {
      if (tasks.name().equals(name)) {
        return tasks;
      }
      known.add(tasks.name());
    }
    throw new IllegalArgumentException(
        "training on \"%s\": here it runs on %s; to train on Spark, submit the application with Smile's jars: spark-submit --jars … agrippa-spark-*.jar train …"
            .formatted(name, String.join(", ", known)));
  }
}
