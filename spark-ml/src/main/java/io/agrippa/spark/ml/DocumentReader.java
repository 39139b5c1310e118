package io.agrippa.spark.ml;

import io.agrippa.engine.ModelBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.MLReader;

/** Reads what {@link DocumentWriter} wrote. */
final class DocumentReader extends MLReader<PmmlTransformer> {
  /** Spark's reader of Params. */
  private static final class Params implements DefaultParamsReadable<PmmlTransformer> {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public PmmlTransformer load(String path) {
    PmmlTransformer transformer = new Params().read().session(sparkSession()).load(path);
    Path file = new Path(path, DocumentWriter.FILE);
    try (InputStream in =
        file.getFileSystem(sparkSession().sparkContext().hadoopConfiguration()).open(file)) {
      return transformer.with(new ModelBytes(file.toString(), in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s: the document that was saved here cannot be read: %s; save it again"
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
