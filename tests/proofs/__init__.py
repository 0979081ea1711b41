"""What no test here can prove, and how the owner of an AWS account proves it."""
