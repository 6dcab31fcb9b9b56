"""What real feeds get wrong, done on purpose to resources that were right. One function a kind; knows no facts."""
