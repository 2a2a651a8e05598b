// sendmessage in the manner of AWS's chat sample: scan the connections, and post to each.
const {
  ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} = require('@aws-sdk/client-apigatewaymanagementapi');
const { DynamoDBClient } = require('@aws-sdk/client-dynamodb');
const { DeleteCommand, DynamoDBDocumentClient, ScanCommand } = require('@aws-sdk/lib-dynamodb');

const TableName = process.env.TABLE_NAME;
const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));

exports.handler = async (event) => {
  const { domainName, stage } = event.requestContext;
  const gateway = new ApiGatewayManagementApiClient({
    endpoint:
      process.env.AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI ?? `https://${domainName}/${stage}`,
  });
  const { Items } = await table.send(
    new ScanCommand({ TableName, ProjectionExpression: 'connectionId' }),
  );
  const Data = JSON.parse(event.body).data;
  await Promise.all(
    Items.map(async ({ connectionId }) => {
      try {
        await gateway.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data }));
      } catch (error) {
        if (!(error instanceof GoneException)) {
          throw error;
        }
        await table.send(new DeleteCommand({ TableName, Key: { connectionId } }));
      }
    }),
  );
  return { statusCode: 200, body: 'sent' };
};
