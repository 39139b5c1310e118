package io.agrippa.engine.run;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Kinds of threads that a worker may run on.
 *
 * <p>Virtual threads came with Java 21 and are looked up at run time, because this project is
 * compiled for Java 17. The virtual machine runs them on as many threads of the platform as it has
 * cores, and takes one off when it waits; so many of them pay where workers wait for input, and not
 * where they compute. They have no processor clock and no count of allocations of their own.
 */
enum ThreadKind {
  /** Threads of the operating system. */
  PLATFORM("threads") {
    @Override
    Thread make(String name, Runnable body) {
      Thread thread = new Thread(body, name);
      thread.setDaemon(true);
      return thread;
    }
  },
  /** Virtual threads. */
  VIRTUAL("virtual") {
    @Override
    Thread make(String name, Runnable body) {
      return Virtual.make(name, body);
    }
  };

  private static final int FIRST_WITH_VIRTUAL = 21; // 19 and 20 had them as a preview only

  private final String runner;

  ThreadKind(String runner) {
    this.runner = runner;
  }

  /** What runners of this kind are called, in front of the colon. */
  String runner() {
    return runner;
  }

  /** A thread that is not started, and does not keep the virtual machine from ending. */
  abstract Thread make(String name, Runnable body);

  /** Whether this Java has them. */
  boolean isAvailable() {
    return this == PLATFORM || Runtime.version().feature() >= FIRST_WITH_VIRTUAL;
  }

  /**
   * Loaded where virtual threads are asked for: {@code Thread.ofVirtual().name(n).unstarted(b)}.
   */
  private static final class Virtual {
    private static final MethodHandle OF_VIRTUAL;
    private static final MethodHandle NAME;
    private static final MethodHandle UNSTARTED;

    static {
      try {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        Class<?> builder = Class.forName("java.lang.Thread$Builder");
        OF_VIRTUAL =
            lookup.findStatic(
                Thread.class,
                "ofVirtual",
                MethodType.methodType(Class.forName("java.lang.Thread$Builder$OfVirtual")));
        NAME = lookup.findVirtual(builder, "name", MethodType.methodType(builder, String.class));
        UNSTARTED =
            lookup.findVirtual(
                builder, "unstarted", MethodType.methodType(Thread.class, Runnable.class));
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    static Thread make(String name, Runnable body) {
      try {
        Object builder = NAME.invoke(OF_VIRTUAL.invoke(), name);
        return (Thread) UNSTARTED.invoke(builder, body);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) { // what a handle declares; these methods throw nothing checked
        throw new IllegalStateException("virtual threads of this Java cannot be made", e);
      }
    }
  }
}
