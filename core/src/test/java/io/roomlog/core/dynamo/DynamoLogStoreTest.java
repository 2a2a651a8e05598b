package io.roomlog.core.dynamo;

import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.LogStoreContract;
import io.roomlog.core.testing.TestTables;

class DynamoLogStoreTest extends LogStoreContract {

  @Override
  protected LogStore emptyStore() {
    return TestTables.fresh().logStore();
  }
}
