package io.roomlog.bench.posts;

/** Something that posts as fast as it can, as often as it is let. */
interface Load {

  /** Goes on posting, in threads of its own. */
  void start();

  /** Returns when the last post is over. */
  void stop();

  /** What came of the posts so far. */
  Posted posted();
}
