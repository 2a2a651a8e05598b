// $connect in the manner of AWS's chat sample: a row with the connection's id.
const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
const { DynamoDBDocumentClient, PutCommand } = require('@aws-sdk/lib-dynamodb');

const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));

exports.handler = async (event) => {
  const { connectionId } = event.requestContext;
  await table.send(new PutCommand({ TableName: process.env.TABLE_NAME, Item: { connectionId } }));
  return { statusCode: 200, body: 'connected' };
};
