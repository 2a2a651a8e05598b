package io.roomlog.core.memory;

import io.roomlog.core.log.BanStore;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.LogStoreContract;

class MemoryLogStoreTest extends LogStoreContract {

  @Override
  protected LogStore emptyStore() {
    return new MemoryLogStore();
  }

  @Override
  protected BanStore bansOf(LogStore store) {
    return (MemoryLogStore) store;
  }
}
