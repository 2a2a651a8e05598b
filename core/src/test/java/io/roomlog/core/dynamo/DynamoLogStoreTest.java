package io.roomlog.core.dynamo;

import io.roomlog.core.log.BanStore;
import io.roomlog.core.log.LogStore;
import io.roomlog.core.log.LogStoreContract;
import io.roomlog.core.testing.TestTables;

class DynamoLogStoreTest extends LogStoreContract {

  private TestTables tables = TestTables.fresh();

  @Override
  protected LogStore emptyStore() {
    tables = TestTables.fresh();
    return tables.logStore();
  }

  @Override
  protected BanStore bansOf(LogStore store) {
    return new DynamoBans(tables.dynamo(), tables.name("rooms"));
  }
}
