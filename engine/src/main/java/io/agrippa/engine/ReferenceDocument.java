package io.agrippa.engine;

import io.agrippa.engine.model.ModelException;
import io.agrippa.engine.pmml.PmmlReader;
import io.agrippa.engine.reference.ReferenceException;
import io.agrippa.engine.reference.ReferenceModel;
import io.agrippa.engine.run.Job;
import java.io.IOException;
import java.io.InputStream;

/**
 * A document that PMML4S has read. It never sees the document itself but a plain copy, so that
 * nothing reaches its parser that ours would refuse.
 *
 * @param place where the document came from, for messages
 * @param digest SHA-256 of the document's bytes, hexadecimal
 */
record ReferenceDocument(ReferenceModel model, String place, String digest) {
  /**
   * Reads a document from a stream, which is closed.
   *
   * @throws IOException if it cannot be read, or is not the one of the expected digest
   * @throws io.agrippa.engine.pmml.PmmlException if it is no well-formed PMML document
   * @throws ModelException if PMML4S is not there or does not read it, or would take another model
   *     of the document than the one that is asked for
   */
  static ReferenceDocument read(Job.ModelPlace place, InputStream bytes) throws IOException {
    try (Fingerprint in = new Fingerprint(bytes)) {
      byte[] plain = PmmlReader.plain(in, place.place());
      String digest = in.digest(place);
      ReferenceModel model;
      try {
        model = ReferenceModel.read(plain);
      } catch (ReferenceException e) {
        throw new ModelException(place.place(), 0, e.getMessage(), e);
      }
      if (place.name().isPresent() && !place.name().equals(model.name())) {
        throw new ModelException(
            place.place(),
            0,
            "PMML4S reads only the first model of a document, which is %s, not \"%s\"; ask for that, or use another evaluator"
                .formatted(
                    model.name().map(name -> "\"" + name + "\"").orElse("without a name"),
                    place.name().get()));
      }
      return new ReferenceDocument(model, place.place(), digest);
    }
  }

  Computation.Reference computation() {
    return new Computation.Reference(model, place, digest);
  }
}
