package io.agrippa.engine.io;

import java.io.IOException;

/** Libraries that a program brings along only if it reads or writes their format. */
final class Libraries {
  private Libraries() {}

  /**
   * Fails where a library is absent.
   *
   * @param type a class of it
   * @param artifact what to add
   * @param place what cannot be read or written without it
   */
  static void require(String type, String artifact, String place) throws IOException {
    try {
      Class.forName(type, false, Libraries.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IOException(
          "%s: its format needs the library %s, which is not on the class path; add it"
              .formatted(place, artifact),
          e);
    }
  }
}
