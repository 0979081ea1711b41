"""The plans and the replacement table against CloudFormation's schemas, which cfn-lint ships."""
