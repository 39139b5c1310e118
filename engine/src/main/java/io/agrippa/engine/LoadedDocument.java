package io.agrippa.engine;

import io.agrippa.engine.model.Document;
import io.agrippa.engine.pmml.PmmlReader;
import io.agrippa.engine.run.Job;
import java.io.IOException;
import java.io.InputStream;

/**
 * A document that was read.
 *
 * @param digest SHA-256 of its bytes, hexadecimal
 * @param bytes number of its bytes
 */
record LoadedDocument(Document document, String digest, long bytes) {
  /**
   * Reads a document.
   *
   * @throws IOException if it cannot be read, or is not the one of the expected digest
   * @throws io.agrippa.engine.pmml.PmmlException if it is not a document that can be read
   */
  static LoadedDocument read(Job.ModelPlace model) throws IOException {
    return read(model, Catalogues.model(model.place()));
  }

  /** As {@link #read(Job.ModelPlace)}, from a stream of its bytes, which is closed. */
  static LoadedDocument read(Job.ModelPlace model, InputStream bytes) throws IOException {
    try (Fingerprint in = new Fingerprint(bytes)) {
      Document document = PmmlReader.read(in, model.place());
      return new LoadedDocument(document, in.digest(model), in.count());
    }
  }
}
