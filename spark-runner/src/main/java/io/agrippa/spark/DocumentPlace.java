package io.agrippa.spark;

import io.agrippa.engine.ModelBytes;
import io.agrippa.engine.run.Job;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Where a model's document stands: a path as Spark's readers take it, or {@code model:NAME}. */
record DocumentPlace(SparkSession session, String place) {
  private static final String ZOO = "model:";

  /** File systems tell times to a second or two. */
  private static final long COARSE_MILLIS = 3_000;

  /**
   * What tells a document from one that replaced it.
   *
   * @param modified milliseconds since 1970
   */
  record Stamp(long modified, long length) {
    /** Whether a later change must show in the stamp. */
    boolean isSettled(long now) {
      return now - modified > COARSE_MILLIS;
    }
  }

  /**
   * Reads the document.
   *
   * @throws IOException if there is none, or it cannot be read
   */
  ModelBytes read() throws IOException {
    if (isOfTheZoo()) {
      return ModelBytes.read(new Job.ModelPlace(place));
    }
    try (InputStream in = files().open(path())) {
      return new ModelBytes(place, in.readAllBytes());
    } catch (FileNotFoundException e) {
      throw absent(e);
    }
  }

  /** The stamp of the document that is there now. */
  Stamp stamp() throws IOException {
    if (isOfTheZoo()) {
      return new Stamp(0, 0);
    }
    try {
      FileStatus status = files().getFileStatus(path());
      return new Stamp(status.getModificationTime(), status.getLen());
    } catch (FileNotFoundException e) {
      throw absent(e);
    }
  }

  private boolean isOfTheZoo() {
    return place.startsWith(ZOO);
  }

  private Path path() {
    return new Path(place);
  }

  private FileSystem files() throws IOException {
    return path().getFileSystem(session.sparkContext().hadoopConfiguration());
  }

  private IOException absent(FileNotFoundException e) {
    return new IOException(
        place
            + ": there is no such file; correct the path, or name a model of the zoo as model:NAME",
        e);
  }
}
