package io.agrippa.spark.ml;

import io.agrippa.engine.ModelBytes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.MLWriter;

/** Writes a document beside the Params. */
final class DocumentWriter extends MLWriter {
  static final String FILE = "model.pmml";

  private final MLWriter params;
  private final ModelBytes document;

  DocumentWriter(MLWriter params, ModelBytes document) {
    this.params = params;
    this.document = document;
  }

  @Override
  public void saveImpl(String path) {
    params.session(sparkSession());
    try {
      params.save(path); // what was there has been dealt with
      Path file = new Path(path, FILE);
      try (OutputStream out =
          file.getFileSystem(sparkSession().sparkContext().hadoopConfiguration()).create(file)) {
        out.write(document.bytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": cannot be written: " + e.getMessage(), e);
    }
  }
}
